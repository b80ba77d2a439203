package io.vtlb.implementation;

import io.vtlb.implementation.GuestWalk.Mapped;
import io.vtlb.model.event.Event;
import io.vtlb.model.event.EventCause;
import io.vtlb.model.event.Report;
import io.vtlb.model.event.Response;
import io.vtlb.model.event.Response.Action;
import io.vtlb.model.event.ResyncKind;
import io.vtlb.model.machine.Access;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.PrivilegeSet;
import io.vtlb.model.machine.Vcpu;
import io.vtlb.model.target.ActiveEntry;
import io.vtlb.model.target.GuestMemory;
import io.vtlb.model.target.VmBlueprint;
import java.util.List;
import java.util.Optional;

/**
 * One virtual CPU: its control state, its active structures, and what each event does to them.
 *
 * <p>Source: claims 3 to 9, 12 and 13; Intel SDM vol. 3, 4.10.4.
 */
final class VirtualCpu {

  private final Vcpu name;
  private final VmBlueprint blueprint;
  private final GuestMemory memory;
  private final ActiveStructures active = new ActiveStructures();
  private GuestTranslations guest;

  VirtualCpu(Vcpu name, ControlState control, VmBlueprint blueprint, GuestMemory memory) {
    this.name = name;
    this.blueprint = blueprint;
    this.memory = memory;
    guest = new GuestTranslations(memory, control, blueprint);
  }

  List<ActiveEntry> listed(PrivilegeSet set) {
    return active.of(set).listed();
  }

  Response handle(Event event) {
    return switch (event) {
      case Event.PageFault fault -> pageFault(fault.access());
      case Event.InvalidatePage invalidation -> invalidatePage(invalidation.address());
      case Event.ControlWrite write -> controlWrite(write);
      case Event.PrivilegeChange change -> privilegeChange(change);
    };
  }

  /** Decides by the guest's structure as it is now whether the fault is the guest's own. */
  private Response pageFault(Access access) {
    PendingDrops drops = PendingDrops.at(name, access.address());
    int page = LinearPage.of(access.address());
    return switch (guest.attempt(access)) {
      case GuestAccess.Denied(var code) -> {
        active.invalidate(page, drops);
        Action fault = new Action.InjectPageFault(code, access.address());
        yield response(fault, drops, EventCause.GUEST_PAGE_FAULT, ResyncKind.NONE);
      }
      case GuestAccess.Permitted(var walk) when !guest.hasMemory(walk, page) -> {
        active.remove(page, drops);
        Action device = new Action.DeviceAccess();
        yield response(device, drops, EventCause.DEVICE_ACCESS, ResyncKind.NONE);
      }
      case GuestAccess.Permitted(var walk) when alreadyPermits(access, page, walk) ->
          resume(drops.page(), EventCause.SPURIOUS, ResyncKind.NONE);
      case GuestAccess.Permitted(var walk) -> {
        resync(access.set(), page, walk, drops);
        yield resume(drops, EventCause.INCONSISTENCY, ResyncKind.PARTIAL);
      }
    };
  }

  private boolean alreadyPermits(Access access, int page, Mapped walk) {
    long entry = active.of(access.set()).covering(page);
    int start = EntryBits.isLarge(entry) ? LinearPage.regionStart(page) : page;
    return (entry & EntryBits.right(access.kind())) != 0
        && EntryBits.sameToProcessor(entry, guest.conformed(walk, access.set(), start, entry));
  }

  /**
   * Makes the entries of the guest page that a walk has reached match it, in both sets, and
   * installs one for the set of the access.
   */
  private void resync(PrivilegeSet accessed, int page, Mapped walk, PendingDrops drops) {
    EntryRevision matching = (set, start, entry) -> guest.conformed(walk, set, start, entry);
    if (walk.large()) {
      active.reviseRegion(page, matching, drops);
    } else {
      active.reviseCovering(page, matching, drops);
    }
    long entry = guest.derived(walk, page, accessed);
    int start = EntryBits.isLarge(entry) ? LinearPage.regionStart(page) : page;
    active.of(accessed).install(start, entry, drops);
  }

  /** Drops the page in every form (Intel SDM vol. 3, 4.10.4.1, INVLPG). */
  private Response invalidatePage(long address) {
    PendingDrops drops = PendingDrops.at(name, address).page();
    active.invalidate(LinearPage.of(address), drops);
    return resume(drops, EventCause.TLB_MANIPULATION, ResyncKind.PARTIAL);
  }

  /** Compares every entry with the guest's structure as the new control state reads it. */
  private Response controlWrite(Event.ControlWrite write) {
    guest = new GuestTranslations(memory, write.after(), blueprint);
    PendingDrops drops = PendingDrops.everywhere(name);
    active.reviseAll(guest::conformed, drops);
    EventCause cause = invalidates(write) ? EventCause.TLB_MANIPULATION : EventCause.CONTROL_CHANGE;
    return resume(drops, cause, ResyncKind.FULL);
  }

  /** True if the processor itself invalidates at this write (Intel SDM vol. 3, 4.10.4.1). */
  private static boolean invalidates(Event.ControlWrite write) {
    ControlState before = write.before();
    ControlState after = write.after();
    return switch (write.register()) {
      case CR0 -> false;
      case CR3 -> true;
      case CR4 ->
          before.globalPages() != after.globalPages()
              || (!before.supervisorExecutionPrevention() && after.supervisorExecutionPrevention());
    };
  }

  /** Needs no change: each set has a structure of its own (claim 13). */
  private Response privilegeChange(Event.PrivilegeChange change) {
    boolean sameSet = PrivilegeSet.of(change.from()) == PrivilegeSet.of(change.to());
    EventCause cause =
        sameSet ? EventCause.PRIVILEGE_CHANGE_WITHIN_SET : EventCause.PRIVILEGE_SET_CHANGE;
    return resume(PendingDrops.everywhere(name), cause, ResyncKind.NONE);
  }

  private static Response resume(PendingDrops drops, EventCause cause, ResyncKind resync) {
    return response(new Action.Resume(), drops, cause, resync);
  }

  private static Response response(
      Action action, PendingDrops drops, EventCause cause, ResyncKind resync) {
    return new Response(action, drops.requests(), Optional.of(new Report(cause, resync)));
  }
}
