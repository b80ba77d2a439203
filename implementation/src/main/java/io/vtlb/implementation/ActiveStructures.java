package io.vtlb.implementation;

import io.vtlb.model.machine.PrivilegeSet;

/**
 * The active structures of one virtual CPU, one for each privilege set (claim 12).
 *
 * @param supervisor what CPL 0 to 2 may use
 * @param user what CPL 3 may use
 */
record ActiveStructures(ActiveStructure supervisor, ActiveStructure user) {

  /** Two structures without any valid entry (claim 10). */
  ActiveStructures() {
    this(new ActiveStructure(PrivilegeSet.SUPERVISOR), new ActiveStructure(PrivilegeSet.USER));
  }

  ActiveStructure of(PrivilegeSet set) {
    return switch (set) {
      case SUPERVISOR -> supervisor;
      case USER -> user;
    };
  }

  /** Removes the entries that map a page; see {@link ActiveStructure#remove}. */
  void remove(int page, PendingDrops drops) {
    supervisor.remove(page, drops);
    user.remove(page, drops);
  }

  /** Removes what an invalidation must reach; see {@link ActiveStructure#invalidate}. */
  void invalidate(int page, PendingDrops drops) {
    supervisor.invalidate(page, drops);
    user.invalidate(page, drops);
  }

  /** Revises the entries that map a page. */
  void reviseCovering(int page, EntryRevision revision, PendingDrops drops) {
    supervisor.reviseCovering(page, revision, drops);
    user.reviseCovering(page, revision, drops);
  }

  /** Revises the entries of the 4 MiB region that a page lies in. */
  void reviseRegion(int page, EntryRevision revision, PendingDrops drops) {
    supervisor.reviseRegion(page, revision, drops);
    user.reviseRegion(page, revision, drops);
  }

  /** Revises every entry. */
  void reviseAll(EntryRevision revision, PendingDrops drops) {
    supervisor.reviseAll(revision, drops);
    user.reviseAll(revision, drops);
  }
}
