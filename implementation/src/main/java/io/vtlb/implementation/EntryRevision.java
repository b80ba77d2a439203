package io.vtlb.implementation;

import io.vtlb.model.machine.PrivilegeSet;

/** Says what becomes of one valid active entry when a resync compares it. */
interface EntryRevision {

  /**
   * The entry that takes the place of {@code entry}: the same one, another one of the same start
   * and size, or {@link EntryBits#NONE}. If finding it reads guest memory, the host may change the
   * structure meanwhile; it is asked again then.
   *
   * @param page the first linear page of the entry
   */
  long of(PrivilegeSet set, long page, long entry);
}
