package org.example;

import static io.vtlb.model.target.Feature.*;

import io.vtlb.model.event.*;
import io.vtlb.model.event.Response.Action;
import io.vtlb.model.machine.*;
import io.vtlb.model.operation.HostOperation;
import io.vtlb.model.target.*;
import java.util.*;

/**
 * A virtual TLB that is as small as can be: a page fault walks the guest's tables and fills one
 * entry of 4 KiB; INVLPG drops the guest's page; every other invalidation, every write to a control
 * register and everything that the host does drop all entries.
 */
public final class SmallTlb implements VirtualTlb {

  private final Map<Integer, Machine> machines = new HashMap<>();

  @Override
  public Description describe() {
    return new Description(
        "small",
        ObservationLevel.SELF_REPORTING,
        Set.of(SEVERAL_VCPUS, PCID, FOREIGN_STORES, HOST_OPERATIONS, INTERLEAVING));
  }

  @Override
  public void create(VmBlueprint blueprint, GuestMemory memory) {
    machines.put(blueprint.vm(), new Machine(blueprint, memory));
  }

  @Override
  public Collection<ActiveEntry> activeEntries(Vcpu vcpu, PrivilegeSet set) {
    return cpu(vcpu).entries(set);
  }

  @Override
  public Response handle(Event event) {
    Machine.Cpu cpu = cpu(event.vcpu());
    return switch (event) {
      case Event.PageFault fault -> pageFault(cpu, fault.access());
      case Event.InvalidatePage invalidate -> invalidatePage(cpu, invalidate.address());
      case Event.InvalidatePcid invalidate -> invalidatePcid(cpu, invalidate);
      case Event.ControlWrite write -> controlWrite(cpu, write);
      case Event.PrivilegeChange change -> throw new IllegalStateException("not intercepted");
    };
  }

  @Override
  public HostResponse follow(HostOperation operation) {
    Machine machine = machines.get(operation.vm());
    List<ProcessorDrop> drops = new ArrayList<>();
    for (Machine.Cpu cpu : machine.cpus) {
      cpu.dropAll();
      drops.add(new ProcessorDrop.Everything(cpu.name));
    }
    return new HostResponse(drops, machine.follow(operation));
  }

  /** The guest's own fault is handed over; for any other access an entry is missing. */
  private Response pageFault(Machine.Cpu cpu, Access access) {
    Machine machine = machines.get(cpu.name.vm());
    return switch (new GuestWalk(machine, cpu.control, access).run()) {
      case GuestWalk.Fault(FaultCode code) -> {
        cpu.dropPage(access.page());
        yield Response.of(new Action.InjectPageFault(code, access.address()))
            .dropping(new ProcessorDrop.Page(cpu.name, access.address()))
            .reporting(EventCause.GUEST_PAGE_FAULT, ResyncKind.NONE);
      }
      case GuestWalk.Page guest -> fill(machine, cpu, access, guest);
    };
  }

  /** Guest memory is not read here, so neither guest nor host can change anything meanwhile. */
  private Response fill(Machine machine, Machine.Cpu cpu, Access access, GuestWalk.Page guest) {
    long frame = guest.frame(access.page());
    long hostFrame = machine.map.hostFrame(frame);
    boolean readOnly = machine.map.readOnly(frame);
    if (hostFrame == HostMap.NO_FRAME || (access.isStore() && readOnly)) {
      return Response.of(new Action.DeviceAccess())
          .reporting(EventCause.DEVICE_ACCESS, ResyncKind.NONE);
    }
    if (access.isStore()) {
      machine.written.add(frame);
    }
    AccessRights rights = guest.rights(access.set(), cpu.control);
    // The first store to a clean page must fault, so that somebody sets its dirty bit.
    boolean write = rights.write() && guest.dirty() && !readOnly && !machine.awaitsWrite(frame);
    AccessRights granted = new AccessRights(rights.read(), write, rights.execute());
    int key = guest.key(cpu.control);
    cpu.fill(access.set(), new ActiveEntry(access.page(), 1, hostFrame, granted, key), guest);
    return Response.of(new Action.Resume())
        .dropping(new ProcessorDrop.Page(cpu.name, access.address()))
        .reporting(EventCause.INCONSISTENCY, ResyncKind.PARTIAL);
  }

  /** The guest's page may be a large one, of which each part that was used is an entry. */
  private static Response invalidatePage(Machine.Cpu cpu, long address) {
    cpu.dropPage(PageSize.page(address));
    return resume(cpu, EventCause.TLB_MANIPULATION, ResyncKind.PARTIAL);
  }

  /** Only the current PCID has entries. */
  private static Response invalidatePcid(Machine.Cpu cpu, Event.InvalidatePcid invalidate) {
    boolean current = invalidate.pcid() == cpu.control.pcid();
    return current && invalidate.type() == InvalidationType.ADDRESS
        ? invalidatePage(cpu, invalidate.address())
        : flush(cpu, EventCause.TLB_MANIPULATION);
  }

  private static Response controlWrite(Machine.Cpu cpu, Event.ControlWrite write) {
    cpu.control = write.after();
    boolean toggles = write.before().paging() != write.after().paging();
    return switch (write.register()) {
      case CR0 -> flush(cpu, toggles ? EventCause.TLB_MANIPULATION : EventCause.CONTROL_CHANGE);
      case CR3, CR4 -> flush(cpu, EventCause.TLB_MANIPULATION);
      case EFER -> flush(cpu, EventCause.CONTROL_CHANGE);
    };
  }

  private static Response flush(Machine.Cpu cpu, EventCause cause) {
    cpu.dropAll();
    return resume(cpu, cause, ResyncKind.FLUSH);
  }

  private static Response resume(Machine.Cpu cpu, EventCause cause, ResyncKind kind) {
    return Response.of(new Action.Resume())
        .dropping(new ProcessorDrop.Everything(cpu.name))
        .reporting(cause, kind);
  }

  private Machine.Cpu cpu(Vcpu name) {
    return machines.get(name.vm()).cpus.get(name.index());
  }
}
