package io.vtlb.conformance.library;

import static java.nio.file.StandardOpenOption.DELETE_ON_CLOSE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import org.jspecify.annotations.Nullable;

/**
 * Guest memory that a library reads without calling: a file that is mapped twice, once for the kit
 * and once for the library, where writing is a segmentation fault.
 *
 * <p>The file has a part for each machine. It is sparse, takes only what guests have written, and
 * serves one sequence after another.
 */
final class SharedGuestMemory implements AutoCloseable {

  private final FileChannel file;
  private final Arena arena;
  private final @Nullable MachineWindow[] windows = new MachineWindow[GuestCalls.MOST_MACHINES];

  /** Creates the file; where names and contents are apart it has no name, so nobody leaves it. */
  @SuppressWarnings("MustBeClosedChecker") // It is closed by whoever closes this.
  SharedGuestMemory() throws IOException {
    file =
        FileChannel.open(
            Files.createTempFile("vtlb-guest-memory-", ""), READ, WRITE, DELETE_ON_CLOSE);
    arena = Arena.ofShared();
  }

  /** The memory of a machine, mapped when it is first asked for. */
  MachineWindow window(int vm) {
    MachineWindow window = windows[vm];
    if (window == null) {
      window = new MachineWindow(vm, map(vm, MapMode.READ_WRITE), map(vm, MapMode.READ_ONLY));
      windows[vm] = window;
    }
    return window;
  }

  private MemorySegment map(int vm, MapMode mode) {
    try {
      return file.map(mode, vm * MachineWindow.BYTES, MachineWindow.BYTES, arena);
    } catch (IOException e) {
      throw new UncheckedIOException("guest memory cannot be shared with the library", e);
    }
  }

  @Override
  public void close() {
    arena.close();
    try {
      file.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
