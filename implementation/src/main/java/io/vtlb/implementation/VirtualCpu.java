package io.vtlb.implementation;

import io.vtlb.implementation.GuestWalk.Mapped;
import io.vtlb.model.event.Event;
import io.vtlb.model.event.EventCause;
import io.vtlb.model.event.ProcessorDrop;
import io.vtlb.model.event.Report;
import io.vtlb.model.event.Response;
import io.vtlb.model.event.Response.Action;
import io.vtlb.model.event.ResyncKind;
import io.vtlb.model.machine.Access;
import io.vtlb.model.machine.ControlRegister;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.PrivilegeSet;
import io.vtlb.model.machine.Profile;
import io.vtlb.model.machine.Vcpu;
import io.vtlb.model.target.ActiveEntry;
import java.util.List;
import java.util.Optional;

/**
 * One virtual CPU: its control state, its active structures, and what each event does to them.
 *
 * <p>Source: claims 3 to 9, 12 and 13; Intel SDM vol. 3, 4.10.4.
 */
final class VirtualCpu {

  private final Vcpu name;
  private final Profile profile;
  private final MachineMemory memory;
  private final KeptContexts kept = new KeptContexts();
  private ActiveStructures active = new ActiveStructures();
  private int pcid;
  private GuestTranslations guest;

  /** True while an event is handled, whose answer has yet to ask for its drops. */
  private boolean underway;

  VirtualCpu(Vcpu name, ControlState control, Profile profile, MachineMemory memory) {
    this.name = name;
    this.profile = profile;
    this.memory = memory;
    pcid = control.pcid();
    guest = new GuestTranslations(memory, control, profile);
  }

  Vcpu name() {
    return name;
  }

  List<ActiveEntry> listed(PrivilegeSet set) {
    return active.of(set).listed();
  }

  Response handle(Event event) {
    underway = true;
    try {
      return answer(event);
    } finally {
      underway = false;
    }
  }

  private Response answer(Event event) {
    return switch (event) {
      case Event.PageFault fault -> pageFault(fault.access());
      case Event.InvalidatePage invalidation -> invalidatePage(invalidation.address());
      case Event.InvalidatePcid invalidation -> invalidatePcid(invalidation);
      case Event.ControlWrite write -> controlWrite(write);
      case Event.PrivilegeChange change -> privilegeChange(change);
    };
  }

  /**
   * Revises everything kept, loaded or not, as the host demands.
   *
   * <p>An event underway may have changed entries that the processor still holds, since it has not
   * answered yet, so then the processor drops everything at once.
   *
   * @return what the processor must forget
   */
  List<ProcessorDrop> follow(EntryRevision revision) {
    PendingDrops drops = PendingDrops.everywhere(name);
    active.reviseAll(revision, drops);
    kept.reviseAll(revision, notInProcessor());
    if (underway) {
      drops.everything();
    }
    return drops.requests();
  }

  /** Decides by the guest's structure as it is now whether the fault is the guest's own. */
  private Response pageFault(Access access) {
    PendingDrops drops = PendingDrops.at(name, access.address(), guest.mode());
    long page = guest.mode().page(access.address());
    return switch (guest.attempt(access)) {
      case GuestAccess.Denied(var code) -> {
        invalidate(page, drops);
        Action fault = new Action.InjectPageFault(code, access.address());
        yield response(fault, drops, EventCause.GUEST_PAGE_FAULT, ResyncKind.NONE);
      }
      case GuestAccess.Permitted(var walk) when !guest.reachesMemory(walk, page, access) ->
          deviceAccess(page, drops);
      case GuestAccess.Permitted(var walk) when alreadyPermits(access, page, walk) ->
          resume(drops.page(), EventCause.SPURIOUS, ResyncKind.NONE);
      case GuestAccess.Permitted(var walk) -> resolve(access, page, walk, drops);
    };
  }

  private Response deviceAccess(long page, PendingDrops drops) {
    active.remove(page, drops);
    Action device = new Action.DeviceAccess();
    return response(device, drops, EventCause.DEVICE_ACCESS, ResyncKind.NONE);
  }

  private boolean alreadyPermits(Access access, long page, Mapped walk) {
    ActiveStructure structure = active.of(access.set());
    long entry = structure.covering(page);
    if ((entry & EntryBits.right(access.kind())) == 0) {
      return false;
    }
    long start = EntryBits.span(entry).start(page);
    long conformed = guest.conformed(walk, access.set(), start, entry);
    return EntryBits.sameToProcessor(entry, conformed) && structure.covering(page) == entry;
  }

  /**
   * Makes the entries of the guest page that a walk has reached match it, in every set, and
   * installs one for the set of the access, unless the host has taken the page away meanwhile.
   */
  private Response resolve(Access access, long page, Mapped walk, PendingDrops drops) {
    EntryRevision matching = (set, start, entry) -> guest.conformed(walk, set, start, entry);
    active.reviseCovering(page, matching, drops);
    if (walk.span() != Span.BASE) {
      active.reviseRegion(page, walk.span(), matching, drops);
    }
    if (!guest.reachesMemory(walk, page, access)) {
      return deviceAccess(page, drops);
    }
    if (access.isStore()) {
      memory.noteWrite(walk.frameOf(page));
    }
    long entry = guest.derived(walk, page, access.set());
    active.of(access.set()).install(EntryBits.span(entry).start(page), entry, drops);
    return resume(drops, EventCause.INCONSISTENCY, ResyncKind.PARTIAL);
  }

  /**
   * Drops the page in every form, and where it is global under every PCID (Intel SDM vol. 3,
   * 4.10.4.1, INVLPG).
   */
  private Response invalidatePage(long address) {
    PendingDrops drops = PendingDrops.at(name, address, guest.mode()).page();
    invalidate(guest.mode().page(address), drops);
    return resume(drops, EventCause.TLB_MANIPULATION, ResyncKind.PARTIAL);
  }

  private void invalidate(long page, PendingDrops drops) {
    active.invalidate(page, drops);
    kept.invalidateGlobal(page, notInProcessor());
  }

  /** Drops what an INVPCID names, loaded or not (Intel SDM vol. 3, 4.10.4.1, INVPCID). */
  private Response invalidatePcid(Event.InvalidatePcid invalidation) {
    boolean current = invalidation.pcid() == pcid;
    return switch (invalidation.type()) {
      case ADDRESS -> {
        long address = invalidation.address();
        if (current && guest.mode().cut(address) == address) {
          yield invalidateCurrent(address);
        }
        kept.invalidate(invalidation.pcid(), guest.mode().page(address), notInProcessor());
        yield manipulated(ResyncKind.NONE);
      }
      case SINGLE_CONTEXT -> {
        if (current) {
          yield compareAll(EventCause.TLB_MANIPULATION);
        }
        kept.forget(invalidation.pcid());
        yield manipulated(ResyncKind.NONE);
      }
      case ALL_CONTEXTS, ALL_CONTEXTS_KEEPING_GLOBALS -> {
        kept.forgetAll();
        yield compareAll(EventCause.TLB_MANIPULATION);
      }
    };
  }

  private Response invalidateCurrent(long address) {
    PendingDrops drops = PendingDrops.at(name, address, guest.mode()).page();
    active.invalidate(guest.mode().page(address), drops);
    return resume(drops, EventCause.TLB_MANIPULATION, ResyncKind.PARTIAL);
  }

  /** Brings the active content in line with a new control state, and with what it invalidates. */
  private Response controlWrite(Event.ControlWrite write) {
    ControlEffect effect = ControlEffect.of(write, profile.vendor());
    PagingMode modeBefore = guest.mode();
    guest = new GuestTranslations(memory, write.after(), profile);
    if (guest.mode() != modeBefore) {
      return changeMode(write.after());
    }
    if (write.register() == ControlRegister.CR3 && write.after().pcid() != pcid) {
      return switchContext(write.after().pcid(), effect);
    }
    pcid = write.after().pcid();
    return switch (effect) {
      case NONE -> compareAll(EventCause.CONTROL_CHANGE);
      case KEEPS_CONTEXT -> manipulated(ResyncKind.NONE);
      case CONTEXT -> compareAll(EventCause.TLB_MANIPULATION);
      case EVERYTHING -> {
        kept.forgetAll();
        yield compareAll(EventCause.TLB_MANIPULATION);
      }
    };
  }

  /** Starts anew: nothing derived in one paging mode means anything in another. */
  private Response changeMode(ControlState after) {
    kept.forgetAll();
    return load(after.pcid(), new ActiveStructures());
  }

  /** Loads the context of another PCID, as it was left or emptied (Intel SDM vol. 3, 4.10.4.1). */
  private Response switchContext(int loaded, ControlEffect effect) {
    kept.keep(pcid, active, guest.protection());
    if (effect != ControlEffect.KEEPS_CONTEXT) {
      kept.forget(loaded);
    }
    return load(loaded, kept.take(loaded, guest.protection()));
  }

  /** Puts other content in place of the active one, of which the processor must keep nothing. */
  private Response load(int loaded, ActiveStructures content) {
    PendingDrops drops = PendingDrops.everywhere(name);
    if (!active.isEmpty()) {
      drops.everything();
    }
    active = content;
    pcid = loaded;
    return resume(drops, EventCause.TLB_MANIPULATION, ResyncKind.FLUSH);
  }

  /** Compares every entry with the guest's structure as the control state now reads it. */
  private Response compareAll(EventCause cause) {
    PendingDrops drops = PendingDrops.everywhere(name);
    active.reviseAll(guest::conformed, drops);
    return resume(drops, cause, ResyncKind.FULL);
  }

  /** Answers a manipulation of the TLB that does not concern the active content. */
  private Response manipulated(ResyncKind resync) {
    return resume(notInProcessor(), EventCause.TLB_MANIPULATION, resync);
  }

  /** Needs no change: each set has a structure of its own (claim 13). */
  private Response privilegeChange(Event.PrivilegeChange change) {
    boolean sameSet = PrivilegeSet.of(change.from()) == PrivilegeSet.of(change.to());
    EventCause cause =
        sameSet ? EventCause.PRIVILEGE_CHANGE_WITHIN_SET : EventCause.PRIVILEGE_SET_CHANGE;
    return resume(PendingDrops.everywhere(name), cause, ResyncKind.NONE);
  }

  /** Takes note of changes to kept contexts, of which the processor holds nothing. */
  private PendingDrops notInProcessor() {
    return PendingDrops.everywhere(name);
  }

  private static Response resume(PendingDrops drops, EventCause cause, ResyncKind resync) {
    return response(new Action.Resume(), drops, cause, resync);
  }

  private static Response response(
      Action action, PendingDrops drops, EventCause cause, ResyncKind resync) {
    return new Response(action, drops.requests(), Optional.of(new Report(cause, resync)));
  }
}
