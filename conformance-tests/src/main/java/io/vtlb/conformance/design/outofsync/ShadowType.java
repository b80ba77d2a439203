package io.vtlb.conformance.design.outofsync;

import io.vtlb.model.machine.ControlState;
import io.vtlb.model.paging.Level;
import io.vtlb.model.paging.PagingMode;

/**
 * What a shadow page shadows, and how the guest's entries are to be read: one frame may have a
 * shadow of each type.
 *
 * @param mode the paging mode that reads the entries
 * @param depth the level of the guest's entries, counted from the root's 0
 * @param splintered true for the small pages of one large guest page, which has no guest table
 * @param reading a control state with nothing set but what decides the meaning of an entry
 */
record ShadowType(PagingMode mode, int depth, boolean splintered, ControlState reading) {

  private static final long UNPAGED = 1L << 20;

  /** The type of a root table; without paging, all of memory is one large page. */
  static ShadowType root(ControlState control) {
    PagingMode mode = PagingMode.of(control);
    boolean wide = mode.format().bytes() == Long.BYTES;
    long cr4 = wide ? 0 : control.cr4() & ControlState.CR4_PSE;
    long efer = wide ? control.efer() & ControlState.EFER_NXE : 0;
    return new ShadowType(mode, 0, mode.levels().isEmpty(), new ControlState(0, 0, cr4, efer));
  }

  /** The type of the tables that entries here name. */
  ShadowType below() {
    return new ShadowType(mode, depth + 1, false, reading);
  }

  /** The type of the splinters of large pages that entries here map. */
  ShadowType splinters() {
    return new ShadowType(mode, depth, true, reading);
  }

  /** True for tables whose entries can map small pages only: the ones that may go out of sync. */
  boolean isLowest() {
    return !splintered && depth == mode.levels().size() - 1;
  }

  Level level() {
    return mode.level(depth);
  }

  /** How many base pages one entry maps. */
  long pages() {
    return splintered ? 1 : level().pages();
  }

  /** The index of the entry for a linear page, numbered in 4 KiB. */
  int index(long page) {
    long all = mode.levels().isEmpty() ? UNPAGED : level().pages();
    return splintered ? (int) (page & (all - 1)) : level().index(page);
  }
}
