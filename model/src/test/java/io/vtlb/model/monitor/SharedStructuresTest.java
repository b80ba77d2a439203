package io.vtlb.model.monitor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vtlb.model.event.Event;
import io.vtlb.model.event.Response;
import io.vtlb.model.machine.Access;
import io.vtlb.model.machine.AccessKind;
import io.vtlb.model.machine.AccessRights;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.FaultCode;
import io.vtlb.model.machine.PrivilegeSet;
import io.vtlb.model.machine.Profile;
import io.vtlb.model.machine.Vcpu;
import io.vtlb.model.memory.GuestPhysicalMemory;
import io.vtlb.model.paging.Walker;
import io.vtlb.model.rule.Rule;
import io.vtlb.model.target.ActiveEntry;
import io.vtlb.model.target.Description;
import io.vtlb.model.target.Feature;
import io.vtlb.model.target.GuestMemory;
import io.vtlb.model.target.HostMap;
import io.vtlb.model.target.HostRange;
import io.vtlb.model.target.ObservationLevel;
import io.vtlb.model.target.VirtualTlb;
import io.vtlb.model.target.VmBlueprint;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What an event changes on another virtual CPU of its machine is no doing of a later event. */
class SharedStructuresTest {

  private static final Vcpu FIRST = new Vcpu(0, 0);
  private static final Vcpu SIBLING = new Vcpu(0, 1);
  private static final Vcpu STRANGER = new Vcpu(1, 0);
  private static final Description SHARING =
      new Description("sharing", ObservationLevel.ACTIVE_STRUCTURE, Set.of(Feature.SHARING));
  private static final ActiveEntry ENTRY =
      new ActiveEntry(3, 1, 0x103, new AccessRights(true, true, true));

  private final Map<Vcpu, List<ActiveEntry>> shown = new HashMap<>();
  private final VirtualTlb tlb = new Shown();
  private final Monitor monitor =
      new Monitor(new Walker(Profile.GENERIC_32), SHARING, EnumSet.allOf(Rule.class));

  private SharedStructuresTest() {
    watch(0, 2);
    watch(1, 1);
  }

  private void watch(int vm, int vcpus) {
    VmBlueprint.VcpuState state =
        new VmBlueprint.VcpuState(new ControlState(ControlState.CR0_PE, 0, 0, 0), 0);
    HostMap map = new HostMap(List.of(new HostRange(0, 0x100L * (vm + 1), 16)));
    VmBlueprint blueprint =
        new VmBlueprint(
            vm, vcpus == 1 ? List.of(state) : List.of(state, state), map, Profile.GENERIC_32);
    monitor.watch(blueprint, new GuestPhysicalMemory(vm, map));
    assertEquals(Optional.empty(), monitor.created(tlb, vm));
  }

  private Optional<Rule> fault(Vcpu vcpu) {
    Access access = new Access(0x3000, AccessKind.LOAD, PrivilegeSet.SUPERVISOR);
    monitor.begin(new Event.PageFault(vcpu, access, new FaultCode(0), 0));
    return monitor.answered(tlb, Response.of(new Response.Action.Resume())).map(Violation::rule);
  }

  @Test
  void anotherMachinesEventIsNotBlamedForIt() {
    shown.put(SIBLING, List.of(ENTRY));
    assertEquals(Optional.empty(), fault(FIRST));
    assertEquals(Optional.empty(), fault(STRANGER));
  }

  @Test
  void anotherMachinesEventIsBlamedForItsOwn() {
    assertEquals(Optional.empty(), fault(FIRST));
    shown.put(SIBLING, List.of(ENTRY));
    assertEquals(Optional.of(Rule.ISOLATE_2), fault(STRANGER));
  }

  @Test
  void whatIsSharedIsJudgedWhenTheSiblingGoesOn() {
    shown.put(SIBLING, List.of(new ActiveEntry(3, 1, 0x104, ENTRY.rights())));
    assertEquals(Optional.empty(), fault(FIRST));
    assertEquals(Optional.of(Rule.DERIVE_1), monitor.resumed(tlb, SIBLING).map(Violation::rule));
  }

  private final class Shown implements VirtualTlb {

    @Override
    public Description describe() {
      return SHARING;
    }

    @Override
    public void create(VmBlueprint blueprint, GuestMemory memory) {}

    @Override
    public Response handle(Event event) {
      return Response.of(new Response.Action.Resume());
    }

    @Override
    public Collection<ActiveEntry> activeEntries(Vcpu vcpu, PrivilegeSet set) {
      return set == PrivilegeSet.SUPERVISOR ? shown.getOrDefault(vcpu, List.of()) : List.of();
    }
  }
}
