package io.vtlb.implementation;

import io.vtlb.model.machine.PrivilegeSet;

/** Says what becomes of one valid active entry when a resync compares it. */
interface EntryRevision {

  /**
   * The entry that takes the place of {@code entry}: the same one, another one of the same start
   * and size, or {@link EntryBits#NONE}.
   *
   * @param page the first linear page of the entry
   */
  long of(PrivilegeSet set, long page, long entry);
}
