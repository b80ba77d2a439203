package io.vtlb.model.paging;

/**
 * The bits of an entry whose place is the same in every format (Intel SDM vol. 3, tables 4-4 to
 * 4-20).
 */
public final class EntryBits {

  public static final long PRESENT = 1;
  public static final long WRITABLE = 1 << 1;
  public static final long USER = 1 << 2;
  public static final long ACCESSED = 1 << 5;
  public static final long DIRTY = 1 << 6;
  public static final long LARGE = 1 << 7;
  public static final long GLOBAL = 1 << 8;

  private EntryBits() {}

  /** The bits from the highest down to the lowest, both included; none if that is below. */
  static long between(int highest, int lowest) {
    return highest < lowest ? 0 : (-1L >>> (Long.SIZE - 1 - highest)) & (-1L << lowest);
  }
}
