package io.vtlb.conformance.design.outofsync;

import io.vtlb.model.event.Event;
import io.vtlb.model.event.EventCause;
import io.vtlb.model.event.Response;
import io.vtlb.model.event.Response.Action;
import io.vtlb.model.event.ResyncKind;
import io.vtlb.model.machine.Access;
import io.vtlb.model.machine.FaultCode;
import io.vtlb.model.machine.PageSize;
import io.vtlb.model.paging.EntryBits;
import io.vtlb.model.paging.GuestWalk;
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
      long changes = machine.frames().changes();
      GuestWalk walk = machine.walker().walk(machine.memory(), vcpu.control(), access.page());
      if (changes != machine.frames().changes()) {
        continue;
      }
      switch (walk.end()) {
        case GuestWalk.End.NotPresent() -> {
          return inject(Permission.notPresent(access, vcpu.control()));
        }
        case GuestWalk.End.Reserved() -> {
          return inject(Permission.reserved(access, vcpu.control()));
        }
        case GuestWalk.End.Reached(Translation guest) -> {
          if (!Permission.permits(guest, access, vcpu.control())) {
            return inject(Permission.denied(guest, access, vcpu.control()));
          }
          if (isReady(walk, guest) && changes == machine.frames().changes() && setLeaf(walk)) {
            return resolve(walk, guest.frame(access.page()), guest.rights().writable());
          }
        }
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
   * True if a walk may be used as it was read: it found A set on its way, and no table that it
   * leads to for the first time, or that a store to another one may lead to, is out of sync. No TLB
   * would have read these in the wrong order.
   */
  private boolean isReady(GuestWalk walk, Translation guest) {
    if (setsAccessed(walk)) {
      return false;
    }
    TableSync tables = machine.tables();
    long frame = guest.frame(access.page());
    if ((linksTable(walk) && !slips.contains(Slip.STALE_TABLE_LINKED))
        || (access.isStore() && tables.isProtected(frame) && tables.needsOthersInStep(frame))) {
      tables.resyncForFault();
    }
    return true;
  }

  private boolean linksTable(GuestWalk walk) {
    List<VirtualCpu.Place> path = vcpu.path(access.page());
    int depth = 0;
    for (GuestWalk.Step step : walk.steps()) {
      if (step.level().inMemory() && !step.equals(walk.last())) {
        VirtualCpu.Place place = depth < path.size() ? path.get(depth) : null;
        depth++;
        if (place == null
            || !(place.entry() instanceof ShadowEntry.Link link)
            || link.guest() != step.entry()) {
          return true;
        }
      }
    }
    return false;
  }

  /** Sets A above the leaf; true if it was clear, so that what was read below does not count. */
  private boolean setsAccessed(GuestWalk walk) {
    boolean set = false;
    for (GuestWalk.Step step : walk.steps()) {
      if (step.level().inMemory()
          && (step.entry() & EntryBits.ACCESSED) == 0
          && !step.equals(walk.last())) {
        update(step, step.entry() | EntryBits.ACCESSED);
        set = true;
      }
    }
    return set;
  }

  /** Sets A, and D for a store, in the leaf; false if that has changed meanwhile. */
  private boolean setLeaf(GuestWalk walk) {
    return walk.steps().isEmpty() || update(walk.last(), leaf(walk));
  }

  private boolean update(GuestWalk.Step step, long updated) {
    int bytes = vcpu.mode().format().bytes();
    if (step.entry() == updated) {
      return true;
    }
    machine.frames().note(step.address() >>> PageSize.BASE_SHIFT);
    return machine.memory().compareAndSet(step.address(), bytes, step.entry(), updated);
  }

  /** The leaf with the bits that the access sets. */
  private long leaf(GuestWalk walk) {
    return walk.steps().isEmpty()
        ? 0
        : walk.last().entry() | EntryBits.ACCESSED | (access.isStore() ? EntryBits.DIRTY : 0);
  }

  /** From here on nothing of guest memory is read, until a store is done. */
  private Response resolve(GuestWalk walk, long frame, boolean writable) {
    Shadow table = linkUpperLevels(walk);
    int index = table.type().index(access.page());
    long guest = leaf(walk);
    boolean dirty = table.type().splintered() || (guest & EntryBits.DIRTY) != 0;
    boolean store = access.isStore();
    boolean device = machine.frames().isDevice(frame, store);
    TableSync tables = machine.tables();
    if (store && !device) {
      machine.frames().note(frame);
      if (writable && tables.isProtected(frame) && tables.mayLetGo(frame)) {
        tables.letGo(frame);
      }
    }
    machine.pool().set(table, index, tables.page(guest, frame, dirty));
    if (device) {
      if (slips.contains(Slip.STORE_TO_READ_ONLY_MEMORY_RETRIED)
          && access.isUser()
          && machine.frames().hostMap().readOnly(frame)) {
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
  private Shadow linkUpperLevels(GuestWalk walk) {
    Shadow table = vcpu.path(access.page()).getFirst().table();
    for (GuestWalk.Step step : walk.steps()) {
      Level level = step.level();
      if (level.inMemory() && !table.type().isLowest()) {
        if (slips.contains(Slip.ROOM_MADE_TOO_LATE)) {
          machine.pool().reserve(1);
        }
        ShadowEntry.Link link =
            machine
                .tables()
                .link(table.type(), step.equals(walk.last()) ? leaf(walk) : step.entry());
        if (!link.equals(table.get(level.index(access.page())))) {
          machine.pool().set(table, level.index(access.page()), link);
        }
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
