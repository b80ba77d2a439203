package io.vtlb.specs.agreement;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vtlb.model.event.Event;
import io.vtlb.model.event.Response;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.PrivilegeSet;
import io.vtlb.model.machine.Profile;
import io.vtlb.model.memory.GuestPhysicalMemory;
import io.vtlb.model.operation.HostOperation;
import io.vtlb.model.paging.PagingMode;
import io.vtlb.model.reference.ReferenceVmm;
import io.vtlb.model.target.ActiveEntry;
import io.vtlb.specs.evaluation.Function;
import io.vtlb.specs.evaluation.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The reference VMM with two small machines, and every slot of them as the definitions have it: at
 * each event and each operation of the host both do their part, and must come to the same.
 */
final class Lockstep {

  private static final Function HOST_AFTER = Smt.function("host-after");

  private final ReferenceVmm vmm = new ReferenceVmm();
  private final List<DescribedMachine> machines = new ArrayList<>();
  private final Value profile;
  private final EventComparison events;
  private final HostComparison host;

  Lockstep(States states, Met met) {
    Profile offered = states.profile();
    profile = Smt.profile(offered);
    events = new EventComparison(states, met, vmm, offered);
    host = new HostComparison(met, vmm);
    for (int number = 0; number < 2; number++) {
      SmallMachine machine = new SmallMachine(number, offered, states);
      vmm.create(machine.blueprint(), machine.memory());
      DescribedMachine described = new DescribedMachine(machine);
      described.compareShown(vmm, described.active());
      machines.add(described);
    }
  }

  SmallMachine machine(int number) {
    return machines.get(number).machine();
  }

  boolean logs(int number) {
    return machines.get(number).logs();
  }

  void handle(Event event) {
    DescribedMachine of = machines.get(event.vcpu().vm());
    DescribedMachine other = machines.get(1 - event.vcpu().vm());
    List<List<ActiveEntry>> shownByOther = shown(other);
    Happened happened = happen(of, event);
    events.compareAnswer(happened);
    events.compareSlots(happened);
    assertEquals(shownByOther, shown(other));
    events.compareElsewhere(happened, other);
    if (event instanceof Event.PageFault fault) {
      Slot slot = new Slot(fault.access().set(), fault.access().page());
      of.takeOver(
          (Value.Mapping)
              HOST_AFTER.apply(
                  of.at(slot),
                  happened.described(),
                  happened.walk(slot),
                  happened.host(),
                  happened.registers()));
      events.compareWalkAfter(happened, slot);
    }
  }

  /** The reference VMM answers an event. */
  private Happened happen(DescribedMachine of, Event event) {
    SmallMachine machine = of.machine();
    ControlState before = machine.control();
    ControlState after = event instanceof Event.ControlWrite write ? write.after() : before;
    Map<Long, Value> walks = new HashMap<>();
    Map<Long, Long> read = new HashMap<>();
    int bytes = PagingMode.of(after).format().bytes();
    for (long page : walked(event)) {
      SmtWalk walk = SmtWalk.of(machine.memory(), after, profile, page);
      walks.put(page, walk.end());
      walk.addresses().forEach(address -> read.put(address, machine.memory().read(address, bytes)));
    }
    Response response = vmm.handle(event);
    Value.Mapping told = Backing.told(of.host(), read, machine.memory(), bytes);
    // Only now, since the guest makes other tables for another mode.
    machine.load(after);
    return new Happened(
        of,
        event,
        Smt.event(event, before),
        before,
        Smt.control(before),
        Smt.control(after),
        walks,
        told,
        response);
  }

  /** The pages whose walk counts. */
  private static List<Long> walked(Event event) {
    return switch (event) {
      case Event.PageFault fault -> List.of(fault.access().page());
      case Event.InvalidatePage invalidate -> List.of();
      case Event.InvalidatePcid invalidate -> SmallMachine.PAGES;
      case Event.ControlWrite write -> SmallMachine.PAGES;
      case Event.PrivilegeChange change -> List.of();
    };
  }

  private List<List<ActiveEntry>> shown(DescribedMachine of) {
    List<List<ActiveEntry>> all = new ArrayList<>();
    for (PrivilegeSet set : PrivilegeSet.values()) {
      all.add(List.copyOf(vmm.activeEntries(of.machine().vcpu(), set)));
    }
    return all;
  }

  void follow(HostOperation operation) {
    DescribedMachine of = machines.get(operation.vm());
    DescribedMachine other = machines.get(1 - operation.vm());
    GuestPhysicalMemory memory = of.machine().memory();
    List<List<ActiveEntry>> shownByOther = shown(other);
    memory.remap(memory.hostMap().after(operation));
    host.compare(of, operation, vmm.follow(operation));
    assertEquals(shownByOther, shown(other));
  }
}
