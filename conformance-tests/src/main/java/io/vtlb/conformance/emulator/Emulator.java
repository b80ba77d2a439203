package io.vtlb.conformance.emulator;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * QEMU's software MMU in a process of its own, for probes by the hundred thousand.
 *
 * <p>Probes are written as records into shared memory and run as one batch by a small program
 * inside the emulator, so that a batch costs one byte each way over a pipe. Not thread-safe.
 * Closing it ends the process and frees the memory; a fault of the emulator is an {@link
 * EmulatorException}, never a crash of the JVM.
 */
public final class Emulator implements AutoCloseable {

  private static final int ROM_BYTES = 0x1_0000;

  private final EmulatorProcess process;
  private final SharedMemory memory;
  private boolean closed;

  private Emulator(EmulatorProcess process, SharedMemory memory) {
    this.process = process;
    this.memory = memory;
  }

  /** Opens the emulator, if it is here. */
  public static Opening open(EmulatorOptions options) {
    if (!Executable.isThere(options.executable())) {
      return new Opening.Missing(
          options.executable()
              + " is not here; install QEMU 7.2 or later for x86"
              + " (Debian, Ubuntu: apt-get install qemu-system-x86; Fedora: qemu-system-x86-core)");
    }
    try {
      return new Opening.Ready(start(options));
    } catch (IOException | EmulatorException e) {
      return new Opening.Missing(
          options.executable()
              + " does not start: "
              + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
    }
  }

  private static Emulator start(EmulatorOptions options) throws IOException {
    Path folder = Files.createTempDirectory("vtlb-emulator");
    Path rom = Files.write(folder.resolve("rom"), rom());
    Path file = folder.resolve("memory");
    try {
      SharedMemory memory = share(file);
      try {
        HostTables.build(memory);
        LaunchPad.build(memory);
        return new Emulator(EmulatorProcess.start(options, folder, file, rom), memory);
      } catch (IOException | RuntimeException e) {
        memory.close();
        throw e;
      }
    } finally {
      Files.deleteIfExists(file);
      Files.delete(rom);
      if (isEmpty(folder)) {
        Files.delete(folder);
      }
    }
  }

  private static SharedMemory share(Path file) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.SPARSE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE)) {
      return new SharedMemory(channel);
    }
  }

  private static byte[] rom() {
    byte[] code = Programs.ROM.bytes();
    byte[] rom = new byte[ROM_BYTES];
    System.arraycopy(code, 0, rom, ROM_BYTES - code.length, code.length);
    return rom;
  }

  /** True if a probe's words lie in free memory and leave room in its root table. */
  public static boolean accepts(Probe probe) {
    return probe.words().stream().allMatch(word -> MemoryLayout.isFree(word.physical()))
        && (!LaunchPad.isMapped(probe) || LaunchPad.freeIndex(probe) >= 0);
  }

  /** Runs one probe. */
  public ProbeResult run(Probe probe) {
    return runAll(List.of(probe)).getFirst();
  }

  /**
   * Runs the probes in order, each over memory as it was before and from an empty TLB.
   *
   * @throws IllegalArgumentException if the emulator does not accept a probe
   * @throws EmulatorException if the emulator died or hung; every later call throws one too
   */
  public List<ProbeResult> runAll(List<Probe> probes) {
    if (closed) {
      throw new EmulatorException("the emulator is closed");
    }
    List<ProbeResult> results = new ArrayList<>(probes.size());
    while (results.size() < probes.size()) {
      runBatch(probes.subList(results.size(), probes.size()), results);
    }
    return results;
  }

  /** Runs as many of the probes as fit into one batch. */
  private void runBatch(List<Probe> probes, List<ProbeResult> results) {
    long at = MemoryLayout.BATCH;
    int count = 0;
    while (count < probes.size()
        && at + ProbeRecord.bytes(probes.get(count)) <= MemoryLayout.BATCH_END) {
      at = ProbeRecord.write(memory, at, probes.get(count));
      count++;
    }
    if (count == 0) {
      throw new IllegalArgumentException("too many words: " + probes.getFirst().words().size());
    }
    memory.put(MemoryLayout.COUNT, count);
    process.runBatch();
    at = MemoryLayout.BATCH;
    for (Probe probe : probes.subList(0, count)) {
      results.add(ProbeRecord.read(memory, at, probe));
      at = ProbeRecord.end(probe, at);
    }
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      process.close();
      memory.close();
    }
  }

  private static boolean isEmpty(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.findAny().isEmpty();
    }
  }
}
