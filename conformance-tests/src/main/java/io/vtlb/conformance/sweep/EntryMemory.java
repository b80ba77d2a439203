package io.vtlb.conformance.sweep;

import io.vtlb.model.machine.PageSize;
import io.vtlb.model.paging.PagingMode;
import io.vtlb.model.target.GuestMemory;

/**
 * A guest memory that holds one table for each level and nothing else.
 *
 * <p>Layout: the table of depth <i>d</i> (the root's is 0) is in frame {@link #FIRST_FRAME} +
 * <i>d</i>; all tables lie in one flat array of 8-byte words, little-endian, so that reading an
 * entry costs an index. Reads outside give zero, as where no memory is.
 */
final class EntryMemory implements GuestMemory {

  /** The frame of the root table. */
  static final long FIRST_FRAME = 0x100;

  private static final long FIRST = FIRST_FRAME << PageSize.BASE_SHIFT;
  private static final long BYTES = 8L * PageSize.BASE_BYTES;

  private final long[] words = new long[(int) (BYTES / Long.BYTES)];
  private final int entryBytes;
  private final int[] entryOffsets;

  /** The memory for the walk of one linear page; every entry is zero. */
  EntryMemory(PagingMode mode, long page) {
    entryBytes = mode.format().bytes();
    entryOffsets = new int[mode.levels().size()];
    for (int depth = 0; depth < entryOffsets.length; depth++) {
      entryOffsets[depth] =
          depth * PageSize.BASE_BYTES + mode.level(depth).index(page) * entryBytes;
    }
  }

  /** The frame of the table that holds the entries of a level. */
  static long tableFrame(int level) {
    return FIRST_FRAME + level;
  }

  /** The address of the one entry of a level that the walk reads. */
  long address(int level) {
    return FIRST + entryOffsets[level];
  }

  /** Sets the one entry of a level that the walk reads. */
  void put(int level, long entry) {
    put(entryOffsets[level], entryBytes, entry);
  }

  @Override
  public long read(long physicalAddress, int bytes) {
    long offset = physicalAddress - FIRST;
    if (offset < 0 || offset >= BYTES) {
      return 0;
    }
    long word = words[(int) (offset >>> 3)];
    return bytes == Long.BYTES ? word : word >>> ((offset & 4) << 3) & 0xFFFF_FFFFL;
  }

  @Override
  public boolean compareAndSet(long physicalAddress, int bytes, long expected, long replacement) {
    throw new UnsupportedOperationException("a walk sets no bits");
  }

  @Override
  public void store(long physicalAddress, int bytes, long value) {
    throw new UnsupportedOperationException("nothing is stored in a sweep");
  }

  private void put(int offset, int bytes, long entry) {
    if (bytes == Long.BYTES) {
      words[offset >>> 3] = entry;
    } else {
      int shift = (offset & 4) << 3;
      words[offset >>> 3] =
          (words[offset >>> 3] & ~(0xFFFF_FFFFL << shift)) | (entry & 0xFFFF_FFFFL) << shift;
    }
  }
}
