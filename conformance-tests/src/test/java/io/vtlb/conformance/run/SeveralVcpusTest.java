package io.vtlb.conformance.run;

import static io.vtlb.conformance.run.LongWorld.CPU;
import static io.vtlb.conformance.run.LongWorld.FRAME;
import static io.vtlb.conformance.run.LongWorld.OTHER;
import static io.vtlb.conformance.run.LongWorld.SUPERVISOR;
import static io.vtlb.conformance.run.LongWorld.entry;
import static io.vtlb.conformance.run.Seen.COMPLETED;
import static io.vtlb.conformance.run.Seen.PROTECTED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.vtlb.conformance.target.WrappedVmm;
import io.vtlb.model.event.Event;
import io.vtlb.model.event.Response;
import io.vtlb.model.machine.AccessRights;
import io.vtlb.model.machine.ControlRegister;
import io.vtlb.model.machine.PrivilegeSet;
import io.vtlb.model.machine.Vcpu;
import io.vtlb.model.operation.GuestOperation;
import io.vtlb.model.operation.GuestOperation.ChangePrivilege;
import io.vtlb.model.operation.GuestOperation.ForeignStore;
import io.vtlb.model.operation.GuestOperation.InvalidatePage;
import io.vtlb.model.operation.GuestOperation.Load;
import io.vtlb.model.operation.GuestOperation.WriteControl;
import io.vtlb.model.rule.Rule;
import io.vtlb.model.target.ActiveEntry;
import io.vtlb.model.trace.Sequence;
import io.vtlb.model.trace.World;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The virtual CPUs of one machine share its memory, and each has its own TLB and registers. */
class SeveralVcpusTest {

  private static final World WORLD =
      LongWorld.of(0, 2, entry(FRAME, SUPERVISOR), entry(FRAME + 1, SUPERVISOR));
  private static final ForeignStore EDIT =
      new ForeignStore(CPU, LongWorld.entryAddress(0), entry(FRAME + 2, SUPERVISOR), 8);

  /** Any event of one virtual CPU puts a wrong entry into what all of them share. */
  private static final class Sharing extends WrappedVmm {

    private boolean shared;

    @Override
    public Response handle(Event event) {
      shared |= event.vcpu().equals(CPU);
      return super.handle(event);
    }

    @Override
    public Collection<ActiveEntry> activeEntries(Vcpu vcpu, PrivilegeSet set) {
      List<ActiveEntry> entries = new ArrayList<>(super.activeEntries(vcpu, set));
      if (shared && vcpu.equals(OTHER) && set == PrivilegeSet.SUPERVISOR) {
        entries.add(new ActiveEntry(7, 1, 0x100, new AccessRights(true, false, false)));
      }
      return entries;
    }
  }

  private static RunOutcome run(GuestOperation... operations) {
    return SequenceRun.of(
        new Sequence(WORLD, List.of(operations)),
        new Sharing(),
        EnumSet.allOf(Rule.class),
        StepListener.NONE);
  }

  @Test
  void whatOneDoesToAnotherIsFoundWhenTheOtherGoesOn() {
    RunOutcome outcome = run(new Load(OTHER, 0), new Load(CPU, 0), new Load(OTHER, 0));
    RunOutcome.Violated violated = assertInstanceOf(RunOutcome.Violated.class, outcome);
    assertEquals(3, violated.operations());
    assertEquals(Rule.DERIVE_1, violated.violation().rule());
  }

  @Test
  void nothingIsOwedToAVirtualCpuThatDoesNotRun() {
    assertInstanceOf(
        RunOutcome.Conforms.class,
        run(new Load(OTHER, 0), new Load(CPU, 0), EDIT, new Load(CPU, 0x1000)));
  }

  @Test
  void anotherAgentsStoreIsNoTurnOfAVirtualCpu() {
    ForeignStore named = new ForeignStore(OTHER, FRAME << 12, 1);
    assertInstanceOf(RunOutcome.Conforms.class, run(new Load(OTHER, 0), new Load(CPU, 0), named));
  }

  @Test
  void invlpgIsForTheVirtualCpuThatExecutesIt() {
    assertEquals(
        List.of(
            Seen.tag(FRAME << 12),
            Seen.tag(FRAME << 12),
            COMPLETED,
            COMPLETED,
            Seen.tag((FRAME + 2) << 12),
            Seen.tag(FRAME << 12)),
        Seen.by(
            WORLD,
            new Load(CPU, 0),
            new Load(OTHER, 0),
            EDIT,
            new InvalidatePage(CPU, 0),
            new Load(CPU, 0),
            new Load(OTHER, 0)));
  }

  @Test
  void eachHasItsOwnPrivilegeAndRegisters() {
    assertEquals(
        List.of(COMPLETED, PROTECTED, COMPLETED, Seen.tag((FRAME + 1) << 12)),
        Seen.by(
            WORLD,
            new ChangePrivilege(CPU, 3),
            new InvalidatePage(CPU, 0),
            new WriteControl(OTHER, ControlRegister.CR3, LongWorld.ROOT),
            new Load(OTHER, 0x1000)));
  }

  @Test
  void eachHasItsOwnProcessor() {
    List<Event> events = Seen.of(WORLD, new Load(CPU, 0), new Load(OTHER, 0)).events();
    assertEquals(List.of(CPU, OTHER), events.stream().map(Event::vcpu).toList());
  }
}
