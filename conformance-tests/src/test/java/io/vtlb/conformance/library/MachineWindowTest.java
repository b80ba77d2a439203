package io.vtlb.conformance.library;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vtlb.model.machine.PageSize;
import io.vtlb.model.memory.GuestPhysicalMemory;
import io.vtlb.model.operation.HostOperation;
import io.vtlb.model.target.HostMap;
import io.vtlb.model.target.HostRange;
import io.vtlb.model.trace.Machine;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What a library reads of guest memory is what guest memory holds. */
class MachineWindowTest {

  private static final int VM = 1;
  private static final ValueLayout.OfInt WORD =
      ValueLayout.JAVA_INT.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final SplittableRandom choices = new SplittableRandom(7);

  /** Frames with a word that was written since they last got their memory. */
  private final Set<Long> written = new HashSet<>();

  private GuestPhysicalMemory memory;

  @Test
  void theWindowFollowsMemory() throws IOException {
    try (SharedGuestMemory shared = new SharedGuestMemory()) {
      MachineWindow window = shared.window(VM);
      for (int machine = 0; machine < 20; machine++) {
        create(window);
        for (int step = 0; step < 100; step++) {
          step(window);
          compare(window);
        }
      }
    }
  }

  private void create(MachineWindow window) {
    HostMap map = new HostMap(List.of(new HostRange(0, 0x200, 4), new HostRange(6, 0x300, 2)));
    Machine.Word word = new Machine.Word(0x1008, 0x2003);
    Machine.Word nowhere = new Machine.Word(0x5000, 0x2003);
    memory = new GuestPhysicalMemory(VM, map);
    memory.write(0x1008, 0x2003);
    written.clear();
    written.add(1L);
    window.holds(List.of(word, nowhere));
    window.create(map);
    compare(window);
  }

  private void step(MachineWindow window) {
    if (choices.nextInt(10) > 0) {
      int bytes = choices.nextBoolean() ? 4 : 8;
      long address = choices.nextLong(0x9000) & -bytes;
      long value = bytes == 4 ? choices.nextLong(1L << 32) : choices.nextLong();
      memory.store(address, bytes, value);
      window.stored(address, bytes, value);
      if (memory.backed(address >>> PageSize.BASE_SHIFT)) {
        written.add(address >>> PageSize.BASE_SHIFT);
      }
      return;
    }
    long frame = choices.nextLong(9);
    HostOperation operation =
        memory.backed(frame)
            ? choices.nextBoolean()
                ? new HostOperation.UnmapFrames(VM, frame, 1)
                : new HostOperation.MoveFrames(VM, frame, 0x400 + choices.nextInt(256), 1)
            : new HostOperation.MapFrames(VM, frame, 0x500 + choices.nextInt(256), 1);
    memory.remap(memory.hostMap().after(operation));
    written.removeIf(one -> !memory.backed(one));
    window.follow(operation);
  }

  private void compare(MachineWindow window) {
    MemorySegment seen = seen(window);
    for (long frame = 0; frame < 9; frame++) {
      for (long at = PageSize.address(frame, 0); at >>> 12 == frame; at += 4) {
        int expected = written.contains(frame) ? memory.word(at) : 0;
        assertEquals(expected, seen.get(WORD, at), "at " + Long.toHexString(at));
      }
    }
  }

  @SuppressWarnings("restricted")
  private static MemorySegment seen(MachineWindow window) {
    return MemorySegment.ofAddress(window.address()).reinterpret(MachineWindow.BYTES);
  }

  @Test
  void memoryBeyondTheWindowIsLeftOut() throws IOException {
    try (SharedGuestMemory shared = new SharedGuestMemory()) {
      MachineWindow window = shared.window(0);
      long beyond = MachineWindow.FRAMES;
      window.create(new HostMap(List.of(new HostRange(0, 0x200, 1L << 40))));
      window.stored(MachineWindow.BYTES - 8, 8, 0x0102_0304_0506_0708L);
      window.stored(MachineWindow.BYTES, 8, -1);
      window.stored(-8, 8, -1);
      window.follow(new HostOperation.UnmapFrames(0, beyond, 4));
      assertEquals(0x0506_0708, seen(window).get(WORD, MachineWindow.BYTES - 8));
      window.follow(new HostOperation.UnmapFrames(0, beyond - 1, 4));
      assertEquals(0, seen(window).get(WORD, MachineWindow.BYTES - 8));
    }
  }

  @Test
  void theLibraryCannotWriteThere() throws IOException {
    Path maps = Path.of("/proc/self/maps");
    assumeTrue(Files.exists(maps), "mappings are listed on Linux only");
    try (SharedGuestMemory shared = new SharedGuestMemory()) {
      String begins = Long.toHexString(shared.window(3).address()) + "-";
      List<String> mapped = Files.readAllLines(maps);
      String line = mapped.stream().filter(one -> one.startsWith(begins)).findFirst().orElseThrow();
      assertTrue(line.contains(" r--s "), line);
    }
  }

  @Test
  void nothingIsLeftOfTheFile() throws IOException {
    assumeTrue(Files.exists(Path.of("/proc/self/fd")), "open files lose their names on Linux");
    Path place = Path.of(System.getProperty("java.io.tmpdir"));
    Set<Path> before = files(place);
    try (SharedGuestMemory shared = new SharedGuestMemory()) {
      shared.window(0).create(new HostMap(List.of(new HostRange(0, 0x200, 1))));
      Set<Path> after = files(place);
      after.removeAll(before);
      assertEquals(Set.of(), after, "a library that crashes leaves nothing behind");
    }
  }

  private static Set<Path> files(Path folder) throws IOException {
    Set<Path> found = new HashSet<>();
    try (var files = Files.newDirectoryStream(folder, "vtlb-guest-memory-*")) {
      files.forEach(found::add);
    }
    return found;
  }
}
