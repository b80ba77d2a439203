package io.vtlb.conformance.design.outofsync;

import io.vtlb.conformance.design.parts.ProcessorWalk;
import io.vtlb.conformance.design.parts.ProcessorWalk.Outcome;
import io.vtlb.conformance.design.parts.ProcessorWalk.Step;
import io.vtlb.model.event.Event;
import io.vtlb.model.event.EventCause;
import io.vtlb.model.event.Response;
import io.vtlb.model.event.Response.Action;
import io.vtlb.model.event.ResyncKind;
import io.vtlb.model.machine.Access;
import io.vtlb.model.machine.FaultCode;
import io.vtlb.model.machine.PageSize;
import io.vtlb.model.paging.EntryBits;
import io.vtlb.model.paging.Level;
import io.vtlb.model.paging.Permission;
import io.vtlb.model.paging.Translation;
import java.util.List;
import java.util.Set;

/** Answers the page faults of one virtual CPU. */
final class PageFaults {

  private final ShadowedMachine machine;
  private final VirtualCpu vcpu;
  private final Access access;
  private final long value;
  private final Set<Slip> slips;

  private PageFaults(
      ShadowedMachine machine, VirtualCpu vcpu, Event.PageFault fault, Set<Slip> slips) {
    this.machine = machine;
    this.vcpu = vcpu;
    this.access = fault.access();
    this.value = fault.value();
    this.slips = slips;
  }

  static Response answer(
      ShadowedMachine machine, VirtualCpu vcpu, Event.PageFault fault, Set<Slip> slips) {
    return new PageFaults(machine, vcpu, fault, slips).answer();
  }

  private Response answer() {
    if (!slips.contains(Slip.ROOM_MADE_TOO_LATE)) {
      machine.pool().reserve(missing());
    }
    if (isKnownDevice()) {
      return deviceAccess(ResyncKind.NONE);
    }
    while (true) {
      long generation = machine.host().generation();
      Outcome outcome =
          ProcessorWalk.of(machine.walker(), machine.memory(), vcpu.control(), access);
      if (outcome instanceof Outcome.Permitted(Translation guest, List<Step> steps)) {
        bringOthersInStep(steps, guest.frame(access.page()));
      }
      // What was read before the host changed something counts no more.
      if (generation == machine.host().generation()) {
        return switch (outcome) {
          case Outcome.Denied(FaultCode code) -> inject(code);
          case Outcome.Permitted(Translation guest, List<Step> steps) -> resolve(steps, guest);
        };
      }
    }
  }

  /** How many shadows the way to the page lacks, if no large page cuts it short. */
  private int missing() {
    long levels = vcpu.mode().levels().stream().filter(Level::inMemory).count();
    return Math.max(0, (int) levels - vcpu.path(access.page()).size());
  }

  /** The fast path: the shadow entry says that this is a device. */
  private boolean isKnownDevice() {
    Reach reach = Reach.ROOT;
    for (VirtualCpu.Place place : vcpu.path(access.page())) {
      if (place.entry() != null) {
        reach = reach.through(place.table().type(), place.entry());
        if (place.entry() instanceof ShadowEntry.Device device) {
          Translation guest =
              new Translation(
                  access.page(), 1, device.frame(), reach.rights(), reach.key(), 0, false, true);
          return Permission.permits(guest, access, vcpu.control())
              && (!access.isStore() || reach.rights().writable());
        }
      }
    }
    return false;
  }

  /**
   * No table that a walk leads to for the first time, or that a store to another one may lead to,
   * must be out of sync: no TLB would have read these in the wrong order.
   */
  private void bringOthersInStep(List<Step> steps, long frame) {
    TableSync tables = machine.tables();
    if ((linksTable(steps) && !slips.contains(Slip.STALE_TABLE_LINKED))
        || (access.isStore() && tables.isProtected(frame) && tables.needsOthersInStep(frame))) {
      tables.resyncForFault();
    }
  }

  private boolean linksTable(List<Step> steps) {
    List<VirtualCpu.Place> path = vcpu.path(access.page());
    for (int depth = 0; depth < steps.size() - 1; depth++) {
      boolean linked =
          depth < path.size()
              && path.get(depth).entry() instanceof ShadowEntry.Link link
              && link.guest() == steps.get(depth).entry();
      if (!linked) {
        return true;
      }
    }
    return false;
  }

  /** From here on nothing of guest memory is read, until a store is done. */
  private Response resolve(List<Step> steps, Translation found) {
    TableSync tables = machine.tables();
    long frame = found.frame(access.page());
    boolean writable = found.rights().writable();
    boolean store = access.isStore();
    boolean device = machine.host().isDevice(frame, store);
    Shadow table = linkUpperLevels(steps);
    long guest = steps.isEmpty() ? 0 : steps.getLast().entry();
    boolean dirty = table.type().splintered() || (guest & EntryBits.DIRTY) != 0;
    if (store && !device) {
      machine.host().wrote(frame, 1);
      if (writable && tables.isProtected(frame) && tables.mayLetGo(frame)) {
        tables.letGo(frame);
      }
    }
    machine.pool().set(table, table.type().index(access.page()), tables.page(guest, frame, dirty));
    if (device) {
      if (slips.contains(Slip.STORE_TO_READ_ONLY_MEMORY_RETRIED)
          && access.isUser()
          && machine.host().map().readOnly(frame)) {
        machine.pool().unshadow(one -> one == frame);
        return answer(new Action.Resume(), EventCause.INCONSISTENCY, ResyncKind.NONE);
      }
      return deviceAccess(ResyncKind.PARTIAL);
    }
    return store && (!writable || tables.isProtected(frame))
        ? emulate(PageSize.address(frame, PageSize.offset(access.address())))
        : answer(new Action.Resume(), EventCause.INCONSISTENCY, ResyncKind.PARTIAL);
  }

  /** Makes the shadow entries on the way to the page; returns the shadow that maps it. */
  private Shadow linkUpperLevels(List<Step> steps) {
    Shadow table = vcpu.path(access.page()).getFirst().table();
    for (Step step : steps) {
      if (!table.type().isLowest()) {
        if (slips.contains(Slip.ROOM_MADE_TOO_LATE)) {
          machine.pool().reserve(1);
        }
        ShadowEntry.Link link = machine.tables().link(table.type(), step.entry());
        machine.pool().set(table, table.type().index(access.page()), link);
        table = link.child();
      }
    }
    return table;
  }

  private Response emulate(long address) {
    if (access.bytes() == Long.BYTES && slips.contains(Slip.TABLE_STORE_TORN)) {
      machine.memory().store(address, Integer.BYTES, value & 0xFFFF_FFFFL);
      machine.memory().store(address + Integer.BYTES, Integer.BYTES, value >>> Integer.SIZE);
    } else {
      machine.memory().store(address, access.bytes(), value);
    }
    machine.tables().stored(address, access.bytes());
    return answer(new Action.StoreEmulated(), EventCause.INCONSISTENCY, ResyncKind.PARTIAL);
  }

  /** A processor forgets the page of a fault that it delivers; what is in step may stay. */
  private Response inject(FaultCode code) {
    for (VirtualCpu.Place place : vcpu.path(access.page())) {
      if (!machine.tables().isInStep(place.table())) {
        machine.pool().set(place.table(), place.index(), null);
        break;
      }
    }
    return answer(
        new Action.InjectPageFault(code, access.address()),
        EventCause.GUEST_PAGE_FAULT,
        ResyncKind.NONE);
  }

  private static Response deviceAccess(ResyncKind resync) {
    return answer(new Action.DeviceAccess(), EventCause.DEVICE_ACCESS, resync);
  }

  private static Response answer(Action action, EventCause cause, ResyncKind resync) {
    return Response.of(action).reporting(cause, resync);
  }
}
