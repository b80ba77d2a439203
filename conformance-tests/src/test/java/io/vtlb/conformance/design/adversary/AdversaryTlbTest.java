package io.vtlb.conformance.design.adversary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vtlb.model.event.Event;
import io.vtlb.model.machine.Access;
import io.vtlb.model.machine.AccessKind;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.FaultCode;
import io.vtlb.model.machine.PrivilegeSet;
import io.vtlb.model.machine.Profile;
import io.vtlb.model.machine.Vcpu;
import io.vtlb.model.memory.GuestPhysicalMemory;
import io.vtlb.model.target.ActiveEntry;
import io.vtlb.model.target.HostMap;
import io.vtlb.model.target.HostRange;
import io.vtlb.model.target.VmBlueprint;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The adversary goes on using what was edited, until it is invalidated. */
class AdversaryTlbTest {

  private static final Vcpu CPU = new Vcpu(0, 0);
  private static final long PTE = 0x2000 + 3 * 4;
  private static final long PAGE = 3;
  private static final long ELSEWHERE = 0x40_0000;
  private static final ControlState CONTROL =
      new ControlState(ControlState.CR0_PE | ControlState.CR0_PG, 0x1000, 0, 0);
  private static final HostMap HOST = new HostMap(List.of(new HostRange(0, 0x100, 64)));

  private final GuestPhysicalMemory memory = new GuestPhysicalMemory(0, HOST);
  private final AdversaryTlb tlb = new AdversaryTlb();

  private void create() {
    memory.write(0x1000, 0x2027);
    memory.write(PTE, 0x5067);
    VmBlueprint.VcpuState state = new VmBlueprint.VcpuState(CONTROL, 0);
    tlb.create(new VmBlueprint(0, List.of(state), HOST, Profile.GENERIC_32), memory);
    Access access = new Access(PAGE << 12, AccessKind.LOAD, PrivilegeSet.SUPERVISOR);
    tlb.handle(new Event.PageFault(CPU, access, new FaultCode(0), 0));
  }

  /** The host frames that it holds for the page in the course of many events elsewhere. */
  private Set<Long> framesHeld() {
    Set<Long> frames = new HashSet<>();
    for (int event = 0; event < 200; event++) {
      tlb.handle(new Event.InvalidatePage(CPU, ELSEWHERE));
      for (PrivilegeSet set : List.of(PrivilegeSet.SUPERVISOR, PrivilegeSet.USER)) {
        for (ActiveEntry entry : tlb.activeEntries(CPU, set)) {
          if (entry.covers(PAGE)) {
            frames.add(entry.hostFrame(PAGE));
          }
        }
      }
    }
    return frames;
  }

  @Test
  void anEditedTranslationIsHeldOldAndNewUntilItIsInvalidated() {
    create();
    assertEquals(Set.of(0x105L), framesHeld());
    memory.write(PTE, 0x6067);
    assertEquals(Set.of(0x105L, 0x106L), framesHeld());
    tlb.handle(new Event.InvalidatePage(CPU, PAGE << 12));
    assertEquals(Set.of(0x106L), framesHeld());
  }

  @Test
  void theSameEventsMeetTheSameChoices() {
    AdversaryTlbTest other = new AdversaryTlbTest();
    create();
    other.create();
    List<Object> held = new ArrayList<>();
    List<Object> heldByOther = new ArrayList<>();
    for (int event = 0; event < 50; event++) {
      held.add(tlb.handle(new Event.InvalidatePage(CPU, ELSEWHERE)));
      held.add(tlb.activeEntries(CPU, PrivilegeSet.USER));
      heldByOther.add(other.tlb.handle(new Event.InvalidatePage(CPU, ELSEWHERE)));
      heldByOther.add(other.tlb.activeEntries(CPU, PrivilegeSet.USER));
    }
    assertEquals(held, heldByOther);
    assertTrue(new HashSet<>(held).size() > 4, held.toString());
  }
}
