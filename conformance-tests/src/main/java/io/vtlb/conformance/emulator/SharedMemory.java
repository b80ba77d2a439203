package io.vtlb.conformance.emulator;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;

/**
 * The guest's memory, shared with the emulator through a sparse file.
 *
 * <p>The file's bytes up to 3 GiB are guest-physical 0 to 3 GiB; the rest begins at 4 GiB.
 */
final class SharedMemory implements AutoCloseable {

  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final Arena arena;
  private final MemorySegment segment;

  @SuppressWarnings("MustBeClosedChecker") // close() does
  SharedMemory(FileChannel file) throws IOException {
    arena = Arena.ofShared();
    try {
      segment = file.map(FileChannel.MapMode.READ_WRITE, 0, MemoryLayout.BYTES, arena);
    } catch (IOException | RuntimeException e) {
      arena.close();
      throw e;
    }
  }

  long get(long physical) {
    return segment.get(LONG, inside(physical));
  }

  void put(long physical, long value) {
    segment.set(LONG, inside(physical), value);
  }

  void put(long physical, byte[] values) {
    MemorySegment.copy(values, 0, segment, ValueLayout.JAVA_BYTE, inside(physical), values.length);
  }

  private static long inside(long physical) {
    long offset = MemoryLayout.offset(physical);
    if (offset < 0) {
      throw new IllegalArgumentException("no memory at 0x" + Long.toHexString(physical));
    }
    return offset;
  }

  @Override
  public void close() {
    arena.close();
  }
}
