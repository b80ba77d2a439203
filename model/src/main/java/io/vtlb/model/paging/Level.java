package io.vtlb.model.paging;

import io.vtlb.model.machine.PageSize;

/**
 * One level of a mode's tables.
 *
 * @param name the manual's name of an entry of this level, for example {@code PDE}
 * @param shift the lowest linear-address bit that indexes the table
 * @param indexBits how many linear-address bits index the table
 * @param leaf when an entry of this level maps a page
 */
public record Level(String name, int shift, int indexBits, LeafRule leaf) {

  /** When an entry maps a page instead of naming a table. */
  public enum LeafRule {
    ALWAYS,
    NEVER,
    /** If its bit 7 is set, and with 32-bit paging CR4.PSE=1. */
    BY_SIZE_BIT
  }

  /** How many base pages one entry of this level covers. */
  public int pages() {
    return 1 << (shift - PageSize.BASE_SHIFT);
  }

  /** The index that a linear page, numbered in 4 KiB, selects in a table of this level. */
  public int index(long page) {
    return (int) (page >>> (shift - PageSize.BASE_SHIFT)) & ((1 << indexBits) - 1);
  }

  /** The first linear page that the same entry covers as {@code page}. */
  public long firstPage(long page) {
    return page & -(long) pages();
  }
}
