package io.vtlb.implementation;

import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.PageSize;

/**
 * How linear addresses are translated: not at all, or by a paging mode (Intel SDM vol. 3, 4.1.1).
 */
enum PagingMode {
  /** CR0.PG=0: linear addresses are physical. */
  NONE(false),
  /** Two levels of four-byte entries. */
  THIRTY_TWO_BIT(false),
  /** Four registers above two levels of eight-byte entries. */
  PAE(false),
  /** Four levels of eight-byte entries. */
  FOUR_LEVEL(true),
  /** Five levels of eight-byte entries. */
  FIVE_LEVEL(true);

  private static final long LOW_HALF = 0xFFFF_FFFFL;

  private final boolean wide;

  PagingMode(boolean wide) {
    this.wide = wide;
  }

  /** The mode that a control state selects (Intel SDM vol. 3, 4.1.1). */
  static PagingMode of(ControlState control) {
    if (!control.paging()) {
      return NONE;
    }
    if (!control.physicalAddressExtension()) {
      return THIRTY_TWO_BIT;
    }
    if (!control.longMode()) {
      return PAE;
    }
    return control.fiveLevels() ? FIVE_LEVEL : FOUR_LEVEL;
  }

  /** The address as this mode sees it: outside IA-32e mode, bits 31:0 count. */
  long cut(long address) {
    return wide ? address : address & LOW_HALF;
  }

  /** The linear page that holds an address, numbered in 4 KiB, negative in the upper half. */
  long page(long address) {
    return cut(address) >> PageSize.BASE_SHIFT;
  }
}
