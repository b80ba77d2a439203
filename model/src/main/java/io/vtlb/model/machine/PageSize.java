package io.vtlb.model.machine;

/**
 * Sizes of pages, counted in base pages of 4 KiB.
 *
 * <p>Linear pages and frames are numbered in base pages everywhere; a larger page is a run of them.
 * The page number of a canonical address of the upper half keeps its sign: it is negative.
 */
public final class PageSize {

  /** A base page is 2^12 bytes. */
  public static final int BASE_SHIFT = 12;

  /** Bytes of a base page. */
  public static final int BASE_BYTES = 1 << BASE_SHIFT;

  /** Base pages of a 2 MiB page. */
  public static final int LARGE_2M = 1 << 9;

  /** Base pages of a 4 MiB page. */
  public static final int LARGE_4M = 1 << 10;

  /** Base pages of a 1 GiB page. */
  public static final int LARGE_1G = 1 << 18;

  /** The bits of a page number that a 64-bit address has room for. */
  public static final long PAGE_NUMBER = -1L >>> BASE_SHIFT;

  private PageSize() {}

  /** True if some mode has pages of this many base pages. */
  public static boolean exists(int pages) {
    return pages == 1 || pages == LARGE_2M || pages == LARGE_4M || pages == LARGE_1G;
  }

  /** The number of the base page that holds a linear address. */
  public static long page(long address) {
    return address >> BASE_SHIFT;
  }

  /** The offset of an address inside its base page, in bytes. */
  public static int offset(long address) {
    return (int) (address & (BASE_BYTES - 1));
  }

  /** The address of a byte of a frame. */
  public static long address(long frame, int offset) {
    return frame << BASE_SHIFT | offset;
  }
}
