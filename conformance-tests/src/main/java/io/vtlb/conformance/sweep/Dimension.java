package io.vtlb.conformance.sweep;

/**
 * One thing that varies in an entry: its values are patterns of bits to flip in the entry's base
 * value, each independent of all other dimensions of that entry.
 *
 * @param name what varies, for example {@code PTE.W}
 * @param level the level of the entry, counted from the root's 0
 * @param flips the patterns, the first of which is usually 0
 */
@SuppressWarnings("ArrayRecordComponent") // read in the innermost loop, and never changed
record Dimension(String name, int level, long[] flips) {

  /** One bit, clear or set. */
  static Dimension bit(String name, int level, int bit) {
    return new Dimension(name, level, new long[] {0, 1L << bit});
  }

  /** No bit of these flipped, or exactly one of them. */
  static Dimension one(String name, int level, long... flips) {
    long[] values = new long[flips.length + 1];
    System.arraycopy(flips, 0, values, 1, flips.length);
    return new Dimension(name, level, values);
  }

  int size() {
    return flips.length;
  }
}
