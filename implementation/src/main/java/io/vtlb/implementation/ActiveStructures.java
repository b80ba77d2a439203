package io.vtlb.implementation;

import io.vtlb.model.machine.PrivilegeSet;

/**
 * The active structures of one context of a virtual CPU, one for each privilege set (claim 12).
 *
 * @param supervisor what CPL 0 to 2 may use
 * @param user what CPL 3 may use
 * @param supervisorAc what CPL 0 to 2 may use while EFLAGS.AC suspends SMAP; since no VMM sees AC
 *     change, it is kept right at all times
 */
record ActiveStructures(
    ActiveStructure supervisor, ActiveStructure user, ActiveStructure supervisorAc) {

  /** Three structures without any valid entry (claim 10). */
  ActiveStructures() {
    this(
        new ActiveStructure(PrivilegeSet.SUPERVISOR),
        new ActiveStructure(PrivilegeSet.USER),
        new ActiveStructure(PrivilegeSet.SUPERVISOR_AC));
  }

  ActiveStructure of(PrivilegeSet set) {
    return switch (set) {
      case SUPERVISOR -> supervisor;
      case USER -> user;
      case SUPERVISOR_AC -> supervisorAc;
    };
  }

  boolean isEmpty() {
    return supervisor.isEmpty() && user.isEmpty() && supervisorAc.isEmpty();
  }

  /** Removes the entries that map a page; see {@link ActiveStructure#remove}. */
  void remove(long page, PendingDrops drops) {
    supervisor.remove(page, drops);
    user.remove(page, drops);
    supervisorAc.remove(page, drops);
  }

  /** Removes what an invalidation must reach; see {@link ActiveStructure#invalidate}. */
  void invalidate(long page, PendingDrops drops) {
    invalidate(page, 0, drops);
  }

  /** The same, but of global guest pages only. */
  void invalidateGlobal(long page, PendingDrops drops) {
    invalidate(page, EntryBits.GLOBAL, drops);
  }

  private void invalidate(long page, long kind, PendingDrops drops) {
    supervisor.invalidate(page, kind, drops);
    user.invalidate(page, kind, drops);
    supervisorAc.invalidate(page, kind, drops);
  }

  /** Revises the entries that map a page. */
  void reviseCovering(long page, EntryRevision revision, PendingDrops drops) {
    supervisor.reviseCovering(page, revision, drops);
    user.reviseCovering(page, revision, drops);
    supervisorAc.reviseCovering(page, revision, drops);
  }

  /** Revises the entries that lie in the aligned region around a page. */
  void reviseRegion(long page, Span region, EntryRevision revision, PendingDrops drops) {
    supervisor.reviseRegion(page, region, revision, drops);
    user.reviseRegion(page, region, revision, drops);
    supervisorAc.reviseRegion(page, region, revision, drops);
  }

  /** Revises every entry. */
  void reviseAll(EntryRevision revision, PendingDrops drops) {
    supervisor.reviseAll(revision, drops);
    user.reviseAll(revision, drops);
    supervisorAc.reviseAll(revision, drops);
  }
}
