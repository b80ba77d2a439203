package io.vtlb.implementation;

/**
 * One level of the guest's tables: how an entry is found, and how its bits are read.
 *
 * @param shift the lowest bit of a linear page number, in 4 KiB, that selects an entry
 * @param entries how many entries a table has, a power of two
 * @param leaf which entries map a page
 * @param span the size of the pages that leaves of this level map
 * @param reserved the bits that must be 0 in an entry that refers to a table
 * @param reservedInLeaf the bits that must be 0 in an entry that maps a page
 */
record TableLevel(
    int shift, int entries, Leaf leaf, Span span, long reserved, long reservedInLeaf) {

  /** Which entries of a level map a page. */
  enum Leaf {
    NEVER,
    IF_PAGE_SIZE,
    ALWAYS
  }

  /** A level whose entries all refer to tables. */
  static TableLevel ofTables(int shift, int entries, long reserved) {
    return new TableLevel(shift, entries, Leaf.NEVER, Span.BASE, reserved, 0);
  }

  /** A level whose entries refer to tables, or with PS=1 map a page. */
  static TableLevel ofEither(
      int shift, int entries, Span span, long reserved, long reservedInLeaf) {
    return new TableLevel(shift, entries, Leaf.IF_PAGE_SIZE, span, reserved, reservedInLeaf);
  }

  /** The last level: each entry maps 4 KiB. */
  static TableLevel ofPages(int entries, long reserved) {
    return new TableLevel(0, entries, Leaf.ALWAYS, Span.BASE, 0, reserved);
  }

  /** The number of the entry that a linear page selects. */
  int index(long page) {
    return (int) (page >> shift) & (entries - 1);
  }

  /** True if a present entry maps a page. */
  boolean isLeaf(long entry) {
    return switch (leaf) {
      case NEVER -> false;
      case IF_PAGE_SIZE -> (entry & GuestEntry.PAGE_SIZE) != 0;
      case ALWAYS -> true;
    };
  }

  /** True if a present entry has a bit set that must be 0. */
  boolean violatedBy(long entry) {
    return (entry & (isLeaf(entry) ? reservedInLeaf : reserved)) != 0;
  }
}
