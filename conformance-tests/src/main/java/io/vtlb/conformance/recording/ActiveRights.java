package io.vtlb.conformance.recording;

import io.vtlb.model.machine.Access;
import io.vtlb.model.machine.AccessKind;
import io.vtlb.model.machine.AccessRights;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.PrivilegeSet;
import io.vtlb.model.paging.EntryBits;
import io.vtlb.model.paging.Permission;
import io.vtlb.model.paging.WalkRights;

/**
 * What a leaf lets each privilege set do, under one control state and EFLAGS.AC.
 *
 * <p>Comparing resolved rights, not bits, is what makes a hypervisor's rearranged bits comparable:
 * an active leaf is used with CR0.WP=1, whatever the guest's CR0.WP is, so that KVM maps a
 * read-only user page that a supervisor with CR0.WP=0 writes as a writable supervisor page.
 */
record ActiveRights(AccessRights supervisor, AccessRights user) {

  private static final long NO_EXECUTE = 1L << 63;

  /** What a walk of the guest structure with these rights grants. */
  static ActiveRights ofGuest(WalkRights rights, ControlState control, boolean alignmentCheck) {
    return new ActiveRights(
        resolve(rights, PrivilegeSet.SUPERVISOR, control, alignmentCheck),
        resolve(rights, PrivilegeSet.USER, control, alignmentCheck));
  }

  /**
   * The most that any leaf can grant below tables with these rights: a leaf may still take its page
   * from the user, which SMAP and SMEP let a supervisor use more freely.
   */
  static ActiveRights below(WalkRights rights, ControlState control, boolean alignmentCheck) {
    ActiveRights asUser = ofGuest(rights, control, alignmentCheck);
    ActiveRights asSupervisor =
        ofGuest(
            new WalkRights(rights.writable(), false, rights.executable()), control, alignmentCheck);
    return new ActiveRights(
        either(asUser.supervisor, asSupervisor.supervisor), either(asUser.user, asSupervisor.user));
  }

  private static AccessRights either(AccessRights one, AccessRights other) {
    return new AccessRights(
        one.read() || other.read(), one.write() || other.write(), one.execute() || other.execute());
  }

  /** What an active leaf grants; the tables above it take nothing away. */
  static ActiveRights ofLeaf(long entry, ControlState guest, boolean alignmentCheck) {
    if ((entry & EntryBits.PRESENT) == 0) {
      return new ActiveRights(AccessRights.NONE, AccessRights.NONE);
    }
    ControlState processor =
        new ControlState(guest.cr0() | ControlState.CR0_WP, guest.cr3(), guest.cr4(), guest.efer());
    return ofGuest(
        new WalkRights(
            (entry & EntryBits.WRITABLE) != 0,
            (entry & EntryBits.USER) != 0,
            (entry & NO_EXECUTE) == 0),
        processor,
        alignmentCheck);
  }

  private static AccessRights resolve(
      WalkRights rights, PrivilegeSet set, ControlState control, boolean alignmentCheck) {
    return new AccessRights(
        permits(rights, AccessKind.LOAD, set, control, alignmentCheck),
        permits(rights, AccessKind.STORE, set, control, alignmentCheck),
        permits(rights, AccessKind.FETCH, set, control, alignmentCheck));
  }

  private static boolean permits(
      WalkRights rights,
      AccessKind kind,
      PrivilegeSet set,
      ControlState control,
      boolean alignmentCheck) {
    return Permission.permits(rights, new Access(0, kind, set, alignmentCheck), control);
  }

  /** The same without stores, which wait for the guest's D bit. */
  ActiveRights withoutStores() {
    AccessRights all = new AccessRights(true, false, true);
    return new ActiveRights(supervisor.and(all), user.and(all));
  }

  /** True if neither set may do more than {@code limit} lets it. */
  boolean within(ActiveRights limit) {
    return supervisor.within(limit.supervisor) && user.within(limit.user);
  }

  @Override
  public String toString() {
    return "supervisor " + supervisor + ", user " + user;
  }
}
