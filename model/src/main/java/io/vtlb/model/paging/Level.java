package io.vtlb.model.paging;

import io.vtlb.model.machine.PageSize;

/**
 * One level of a mode's tables.
 *
 * @param name the manual's name of an entry of this level, for example {@code PDE}
 * @param shift the lowest linear-address bit that selects an entry
 * @param indexBits how many linear-address bits select an entry
 * @param leaf when an entry of this level maps a page
 * @param home where the entries of this level are held
 * @param reserved bits that must be clear in each present entry of this level, besides those that
 *     the format reserves
 */
public record Level(
    String name, int shift, int indexBits, LeafRule leaf, Home home, long reserved) {

  /** When an entry maps a page instead of naming a table. */
  public enum LeafRule {
    ALWAYS,
    NEVER,
    /** If its bit 7 is set, where the format and the processor let that bit count. */
    BY_SIZE_BIT
  }

  /** Where entries are held when a walk reads them. */
  public enum Home {
    /** In guest memory, with rights and an accessed bit. */
    MEMORY,
    /**
     * In the PDPTE registers, with neither rights nor an accessed bit (Intel SDM vol. 3, 4.4.1).
     */
    REGISTERS
  }

  /** A level in guest memory that reserves no bits of its own. */
  static Level inMemory(String name, int shift, int indexBits, LeafRule leaf) {
    return new Level(name, shift, indexBits, leaf, Home.MEMORY, 0);
  }

  /** How many base pages one entry of this level covers. */
  public long pages() {
    return 1L << (shift - PageSize.BASE_SHIFT);
  }

  /** How many entries there are. */
  public int entries() {
    return 1 << indexBits;
  }

  /** The index that a linear page, numbered in 4 KiB, selects. */
  public int index(long page) {
    return (int) (page >>> (shift - PageSize.BASE_SHIFT)) & (entries() - 1);
  }

  /** The first linear page that the same entry covers as {@code page}. */
  public long firstPage(long page) {
    return page & -pages();
  }

  public boolean inMemory() {
    return home == Home.MEMORY;
  }
}
