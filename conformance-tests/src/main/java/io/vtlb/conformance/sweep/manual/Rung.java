package io.vtlb.conformance.sweep.manual;

import org.jspecify.annotations.Nullable;

/**
 * One step of the descent through a mode's structures, as the manual's text describes it (Intel SDM
 * vol. 3, 4.3 to 4.5).
 *
 * @param high the highest bit of the linear address that selects an entry
 * @param low the lowest
 * @param table the drawing of an entry that references the next structure, null if none does
 * @param page the drawing of an entry that maps a page, null if none does
 * @param register true if the entry is in a register (PAE's PDPTEs), where it has no rights
 */
record Rung(
    int high, int low, @Nullable EntryTable table, @Nullable EntryTable page, boolean register) {

  static Rung of(int high, int low, @Nullable EntryTable table, @Nullable EntryTable page) {
    return new Rung(high, low, table, page, false);
  }
}
