package io.vtlb.conformance.cell;

import io.vtlb.model.admissible.Invalidation;
import io.vtlb.model.event.Event;
import io.vtlb.model.event.EventCause;
import io.vtlb.model.machine.Access;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.InvalidationType;
import io.vtlb.model.machine.PageSize;
import io.vtlb.model.machine.PrivilegeSet;
import io.vtlb.model.machine.Vcpu;
import io.vtlb.model.memory.GuestPhysicalMemory;
import io.vtlb.model.operation.AtRead;
import io.vtlb.model.operation.GuestOperation;
import io.vtlb.model.operation.HostOperation;
import io.vtlb.model.operation.Operation;
import io.vtlb.model.paging.GuestWalk;
import io.vtlb.model.paging.GuestWalk.End;
import io.vtlb.model.paging.PagingMode;
import io.vtlb.model.paging.Permission;
import io.vtlb.model.paging.Translation;
import io.vtlb.model.paging.Walker;
import io.vtlb.model.target.ActiveEntry;
import io.vtlb.model.target.GuestMemory;
import io.vtlb.model.target.HostMap;
import io.vtlb.model.target.VmBlueprint;
import io.vtlb.specs.cell.Cell;
import io.vtlb.specs.cell.CellSize;
import io.vtlb.specs.cell.EventKind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Notes the cells that the events of one run fall into, each as it reaches the target.
 *
 * <p>A page fault is looked at in the slot of its access; INVLPG, and INVPCID of an address, in
 * those of the page that they name; any other event in those of every tracked page that has an
 * active entry, or was edited since it was flushed, and of the page accessed last. Nothing of this
 * judges anything.
 */
public final class CellMeter {

  private static final PrivilegeSet[] SETS = PrivilegeSet.values();

  private final Walker walker;
  private final List<@Nullable MeteredMachine> machines = new ArrayList<>();
  private final CellSet cells = new CellSet();

  /**
   * @param walker walks the guests' structures as the modelled processor does
   */
  public CellMeter(Walker walker) {
    this.walker = walker;
  }

  /** The cells so far. */
  public CellSet cells() {
    return cells;
  }

  /**
   * Starts to follow a machine that is about to be created.
   *
   * @param memory what it holds
   * @param view the target's view of it until now
   * @return the view to give to the target
   */
  public GuestMemory watch(VmBlueprint blueprint, GuestPhysicalMemory memory, GuestMemory view) {
    MeteredMachine machine = new MeteredMachine(blueprint, walker, memory);
    while (machines.size() <= blueprint.vm()) {
      machines.add(null);
    }
    machines.set(blueprint.vm(), machine);
    return new MeteredMemory(view, machine);
  }

  /**
   * Follows from now on the pages that an operation names, so that what the guest does to them
   * before counts as well.
   */
  public void expect(Operation operation) {
    switch (operation) {
      case AtRead point -> expect(point.operation());
      case HostOperation change -> {}
      case GuestOperation guest -> {
        MeteredMachine machine = machines.get(guest.vcpu().vm());
        if (machine != null && machine.has(guest.vcpu().index())) {
          expect(machine.cpu(guest.vcpu().index()), guest);
        }
      }
    }
  }

  private static void expect(MeteredCpu cpu, GuestOperation operation) {
    switch (operation) {
      case GuestOperation.Load load -> cpu.expect(load.address());
      case GuestOperation.Store store -> cpu.expect(store.address());
      case GuestOperation.Fetch fetch -> cpu.expect(fetch.address());
      case GuestOperation.InvalidatePage invalidate -> cpu.expect(invalidate.address());
      case GuestOperation.InvalidatePcid invalidate -> {
        if (invalidate.type() == InvalidationType.ADDRESS) {
          cpu.expect(invalidate.address());
        }
      }
      case GuestOperation.ForeignStore store -> {}
      case GuestOperation.WriteControl write -> {}
      case GuestOperation.WriteProtectionKeyRights write -> {}
      case GuestOperation.ChangeAlignmentCheck change -> {}
      case GuestOperation.ChangePrivilege change -> {}
    }
  }

  /** A virtual CPU begins an access to a linear page, numbered in 4 KiB. */
  public void accessing(Vcpu vcpu, long page) {
    cpu(vcpu).access(page);
  }

  /** Someone is about to store to guest memory, for the guest or as another agent. */
  public void storing(int vm, long physicalAddress, int bytes) {
    machine(vm).storing(physicalAddress, bytes);
  }

  /** The store has been made. */
  public void stored(int vm) {
    machine(vm).stored();
  }

  /** The host has done something to a machine. */
  public void hostChanged(HostOperation operation) {
    machine(operation.vm()).hostChanged(operation);
  }

  /** An event is about to reach the target. */
  public void begin(Event event, ShownEntries entries) {
    MeteredMachine machine = machine(event.vcpu().vm());
    MeteredCpu cpu = machine.cpu(event.vcpu().index());
    ControlState control = cpu.control();
    Slots slots = new Slots(machine, cpu, event.vcpu(), entries);
    switch (event) {
      case Event.PageFault fault -> slots.fault(fault.access());
      case Event.InvalidatePage invalidate -> {
        long page = PageSize.page(invalidate.address());
        slots.page(EventKind.INVLPG_EVENT, cpu.page(page));
        flush(cpu, control, Invalidation.ofPage(page, control));
      }
      case Event.InvalidatePcid invalidate -> {
        long page = PageSize.page(invalidate.address());
        invalidatePcid(slots, invalidate.type(), page, control);
        flush(
            cpu, control, Invalidation.ofPcid(invalidate.type(), invalidate.pcid(), page, control));
      }
      case Event.ControlWrite write -> writeControl(slots, write);
      case Event.PrivilegeChange(Vcpu vcpu, int from, int to) ->
          slots.everyPage(
              EventKind.PRIVILEGE_EVENT,
              PrivilegeSet.of(from) == PrivilegeSet.of(to)
                  ? EventCause.PRIVILEGE_CHANGE_WITHIN_SET
                  : EventCause.PRIVILEGE_SET_CHANGE);
    }
  }

  /** The page named may be none that the mode has; then there is no slot. */
  private static void invalidatePcid(
      Slots slots, InvalidationType type, long page, ControlState control) {
    switch (type) {
      case ADDRESS -> {
        if (PagingMode.of(control).canonicalPage(page) == page) {
          slots.page(EventKind.INVPCID_ADDRESS, slots.cpu.page(page));
        }
      }
      case SINGLE_CONTEXT ->
          slots.everyPage(EventKind.INVPCID_CONTEXT, EventCause.TLB_MANIPULATION);
      case ALL_CONTEXTS -> slots.everyPage(EventKind.INVPCID_ALL, EventCause.TLB_MANIPULATION);
      case ALL_CONTEXTS_KEEPING_GLOBALS ->
          slots.everyPage(EventKind.INVPCID_ALL_BUT_GLOBALS, EventCause.TLB_MANIPULATION);
    }
  }

  private void writeControl(Slots slots, Event.ControlWrite write) {
    EventKind kind =
        switch (write.register()) {
          case CR0 -> EventKind.CR0_WRITE;
          case CR3 -> EventKind.CR3_WRITE;
          case CR4 -> EventKind.CR4_WRITE;
          case EFER -> EventKind.EFER_WRITE;
        };
    Invalidation invalidation = Invalidation.ofControlWrite(write, walker.profile()).orElse(null);
    boolean manipulates =
        invalidation != null && !(invalidation.scope() instanceof Invalidation.Scope.Nowhere);
    slots.everyPage(kind, manipulates ? EventCause.TLB_MANIPULATION : EventCause.CONTROL_CHANGE);
    if (invalidation != null) {
      flush(slots.cpu, write.after(), invalidation);
    }
    slots.cpu.load(write.after());
  }

  /** Forgets the edits of each page of which nothing that was cached may be used any more. */
  private static void flush(MeteredCpu cpu, ControlState after, Invalidation invalidation) {
    if (!invalidation.contexts().include(after.pcid())) {
      return;
    }
    switch (invalidation.scope()) {
      case Invalidation.Scope.Everywhere() -> cpu.pages().forEach(TrackedPage::flushed);
      case Invalidation.Scope.OnePage(long page, boolean everyWalk, boolean allFragments) -> {
        for (TrackedPage tracked : cpu.pages()) {
          if (tracked.number() == page) {
            tracked.flushed();
          }
        }
      }
      case Invalidation.Scope.WalksTo(long page) -> {}
      case Invalidation.Scope.Nowhere() -> {}
    }
  }

  private MeteredCpu cpu(Vcpu vcpu) {
    return machine(vcpu.vm()).cpu(vcpu.index());
  }

  private MeteredMachine machine(int vm) {
    MeteredMachine machine = machines.get(vm);
    if (machine == null) {
      throw new IllegalArgumentException("no machine " + vm + " is followed");
    }
    return machine;
  }

  /** The slots of one virtual CPU, looked at for one event. */
  private final class Slots {

    private final MeteredMachine machine;
    private final MeteredCpu cpu;
    private final Vcpu name;
    private final ShownEntries entries;

    Slots(MeteredMachine machine, MeteredCpu cpu, Vcpu name, ShownEntries entries) {
      this.machine = machine;
      this.cpu = cpu;
      this.name = name;
      this.entries = entries;
    }

    /** A page fault, in the slot of its access. */
    void fault(Access access) {
      TrackedPage page = cpu.page(access.page());
      ActiveEntry entry = find(entries.shown(name, access.set()), page.number());
      EventKind kind =
          switch (access.kind()) {
            case LOAD -> EventKind.LOAD_FAULT;
            case STORE -> EventKind.STORE_FAULT;
            case FETCH -> EventKind.FETCH_FAULT;
          };
      GuestWalk walk = cpu.walk(page);
      EventCause cause = causeOf(access, entry, walk);
      note(kind, cause, page, access.set(), entry);
      boolean resolves = cause == EventCause.INCONSISTENCY || cause == EventCause.SPURIOUS;
      if (access.isStore() && resolves && walk.end() instanceof End.Reached(Translation found)) {
        machine.tell(found.frame(page.number()));
      }
    }

    private EventCause causeOf(Access access, @Nullable ActiveEntry entry, GuestWalk walk) {
      if (!(walk.end() instanceof End.Reached(Translation found))
          || !Permission.permits(found, access, cpu.control())) {
        return EventCause.GUEST_PAGE_FAULT;
      }
      long frame = found.frame(access.page());
      HostMap host = machine.hostMap();
      if (host.hostFrame(frame) == HostMap.NO_FRAME || (access.isStore() && host.readOnly(frame))) {
        return EventCause.DEVICE_ACCESS;
      }
      return entry != null && entry.permits(access, cpu.control())
          ? EventCause.SPURIOUS
          : EventCause.INCONSISTENCY;
    }

    /** A manipulation that names a page, in every slot of it. */
    void page(EventKind kind, TrackedPage page) {
      for (PrivilegeSet set : SETS) {
        if (set.exists(cpu.control())) {
          ActiveEntry entry = find(entries.shown(name, set), page.number());
          note(kind, EventCause.TLB_MANIPULATION, page, set, entry);
        }
      }
    }

    /** An event that names no page. */
    void everyPage(EventKind kind, EventCause cause) {
      for (PrivilegeSet set : SETS) {
        if (set.exists(cpu.control())) {
          List<ActiveEntry> shown = entries.shown(name, set);
          for (TrackedPage page : cpu.pages()) {
            ActiveEntry entry = find(shown, page.number());
            if (entry != null || cpu.isInQuestion(page)) {
              note(kind, cause, page, set, entry);
            }
          }
        }
      }
    }

    private void note(
        EventKind kind,
        EventCause cause,
        TrackedPage page,
        PrivilegeSet set,
        @Nullable ActiveEntry entry) {
      GuestWalk walk = cpu.walk(page);
      CellSize size = TrackedPage.sizeOf(walk);
      if (size != null) {
        EntryComparison comparison =
            new EntryComparison(machine, cpu.control(), set, page.number());
        cells.add(new Cell(kind, cause, comparison.of(entry, walk), set, page.edit(), size));
      }
    }

    private static @Nullable ActiveEntry find(List<ActiveEntry> shown, long page) {
      for (int i = 0; i < shown.size(); i++) {
        if (shown.get(i).covers(page)) {
          return shown.get(i);
        }
      }
      return null;
    }
  }
}
