package io.vtlb.implementation;

import io.vtlb.model.machine.PageSize;

/**
 * Arithmetic on 32-bit linear pages, numbered in 4 KiB from 0 to 2^20 - 1 (Intel SDM vol. 3, 4.3).
 */
final class LinearPage {

  private static final int COUNT = 1 << 20;

  private LinearPage() {}

  /** The page that holds a linear address, of which bits 31:0 count. */
  static int of(long address) {
    return (int) (address >>> PageSize.BASE_SHIFT) & (COUNT - 1);
  }

  /** The first page of the 4 MiB region that a page lies in. */
  static int regionStart(int page) {
    return page & -PageSize.LARGE_4M;
  }

  /** The number of the 4 MiB region that a page lies in: the index of its page-directory entry. */
  static int directoryIndex(int page) {
    return page / PageSize.LARGE_4M;
  }

  /** The position of a page in its 4 MiB region: the index of its page-table entry. */
  static int tableIndex(int page) {
    return page & (PageSize.LARGE_4M - 1);
  }
}
