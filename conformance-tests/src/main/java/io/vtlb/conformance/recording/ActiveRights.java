package io.vtlb.conformance.recording;

import io.vtlb.model.machine.AccessRights;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.PrivilegeSet;
import io.vtlb.model.paging.EntryBits;
import io.vtlb.model.paging.Permission;
import io.vtlb.model.paging.WalkRights;

/**
 * What a leaf lets each privilege set do, under one control state.
 *
 * <p>Comparing resolved rights, not bits, is what makes a hypervisor's rearranged bits comparable:
 * an active leaf is used with CR0.WP=1 and EFER.NXE=1, whatever the guest has, so that KVM maps a
 * read-only user page that a supervisor with CR0.WP=0 writes as a writable supervisor page, and
 * takes execution away from it where SMEP would have.
 *
 * @param suspended a supervisor's while EFLAGS.AC suspends SMAP; the supervisor's where CR4.SMAP=0
 */
record ActiveRights(AccessRights supervisor, AccessRights suspended, AccessRights user) {

  private static final long NO_EXECUTE = 1L << 63;

  /** What a walk of the guest structure with these rights grants. */
  static ActiveRights ofGuest(WalkRights rights, ControlState control) {
    return new ActiveRights(
        Permission.resolve(rights, PrivilegeSet.of(0, false, control), control),
        Permission.resolve(rights, PrivilegeSet.of(0, true, control), control),
        Permission.resolve(rights, PrivilegeSet.USER, control));
  }

  /**
   * The most that any leaf can grant below tables with these rights: a leaf may still take its page
   * from the user, which SMAP and SMEP let a supervisor use more freely.
   */
  static ActiveRights below(WalkRights rights, ControlState control) {
    ActiveRights asUser = ofGuest(rights, control);
    ActiveRights asSupervisor =
        ofGuest(new WalkRights(rights.writable(), false, rights.executable()), control);
    return new ActiveRights(
        either(asUser.supervisor, asSupervisor.supervisor),
        either(asUser.suspended, asSupervisor.suspended),
        either(asUser.user, asSupervisor.user));
  }

  private static AccessRights either(AccessRights one, AccessRights other) {
    return new AccessRights(
        one.read() || other.read(), one.write() || other.write(), one.execute() || other.execute());
  }

  /** What an active leaf grants; the tables above it take nothing away. */
  static ActiveRights ofLeaf(long entry, ControlState guest) {
    if ((entry & EntryBits.PRESENT) == 0) {
      return new ActiveRights(AccessRights.NONE, AccessRights.NONE, AccessRights.NONE);
    }
    ControlState processor =
        new ControlState(
            guest.cr0() | ControlState.CR0_WP,
            guest.cr3(),
            guest.cr4() | ControlState.CR4_PAE,
            guest.efer() | ControlState.EFER_NXE);
    return ofGuest(
        new WalkRights(
            (entry & EntryBits.WRITABLE) != 0,
            (entry & EntryBits.USER) != 0,
            (entry & NO_EXECUTE) == 0),
        processor);
  }

  /** The same without stores, which wait for the guest's D bit. */
  ActiveRights withoutStores() {
    AccessRights all = new AccessRights(true, false, true);
    return new ActiveRights(supervisor.and(all), suspended.and(all), user.and(all));
  }

  /** The same with SMAP suspended for good. */
  ActiveRights withSmapSuspended() {
    return new ActiveRights(suspended, suspended, user);
  }

  /** True if no set may do more than {@code limit} lets it. */
  boolean within(ActiveRights limit) {
    return supervisor.within(limit.supervisor)
        && suspended.within(limit.suspended)
        && user.within(limit.user);
  }

  @Override
  public String toString() {
    return "supervisor "
        + supervisor
        + (suspended.equals(supervisor) ? "" : " (AC=1 " + suspended + ")")
        + ", user "
        + user;
  }
}
