package io.vtlb.model.machine;

/**
 * Sizes of pages, counted in base pages of 4 KiB.
 *
 * <p>Linear pages and frames are numbered in base pages everywhere; a larger page is a run of them.
 */
public final class PageSize {

  /** A base page is 2^12 bytes. */
  public static final int BASE_SHIFT = 12;

  /** Bytes of a base page. */
  public static final int BASE_BYTES = 1 << BASE_SHIFT;

  /** Base pages of a 4 MiB page. */
  public static final int LARGE_4M = 1024;

  private PageSize() {}

  /** The offset of an address inside its base page, in bytes. */
  public static int offset(long address) {
    return (int) (address & (BASE_BYTES - 1));
  }

  /** The address of a byte of a frame. */
  public static long address(long frame, int offset) {
    return frame << BASE_SHIFT | offset;
  }
}
