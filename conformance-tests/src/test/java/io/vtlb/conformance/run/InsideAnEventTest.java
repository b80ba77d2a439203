package io.vtlb.conformance.run;

import static io.vtlb.conformance.run.ExampleWorld.CPU;
import static io.vtlb.conformance.run.ExampleWorld.FRAME;
import static io.vtlb.conformance.run.ExampleWorld.SUPERVISOR;
import static io.vtlb.conformance.run.ExampleWorld.entry;
import static io.vtlb.conformance.run.ExampleWorld.entryAddress;
import static io.vtlb.conformance.run.ExampleWorld.hostFrame;
import static io.vtlb.conformance.run.ExampleWorld.machine;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.vtlb.conformance.target.Targets;
import io.vtlb.model.machine.ControlRegister;
import io.vtlb.model.machine.Vcpu;
import io.vtlb.model.operation.AtRead;
import io.vtlb.model.operation.GuestOperation.ForeignStore;
import io.vtlb.model.operation.GuestOperation.InvalidatePage;
import io.vtlb.model.operation.GuestOperation.Load;
import io.vtlb.model.operation.GuestOperation.Store;
import io.vtlb.model.operation.GuestOperation.WriteControl;
import io.vtlb.model.operation.HostOperation.DestroyMachine;
import io.vtlb.model.operation.HostOperation.MapFrames;
import io.vtlb.model.operation.HostOperation.MoveFrames;
import io.vtlb.model.operation.HostOperation.UnmapFrames;
import io.vtlb.model.operation.Operation;
import io.vtlb.model.rule.Rule;
import io.vtlb.model.trace.Caching;
import io.vtlb.model.trace.Sequence;
import io.vtlb.model.trace.World;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the host or another virtual CPU does while a target handles an event is nobody's mistake.
 */
class InsideAnEventTest {

  private static final long FREE = 0xABC00;
  private static final int CLEAN = 0x23;
  private static final WriteControl RELOAD =
      new WriteControl(CPU, ControlRegister.CR3, ExampleWorld.ROOT << 12);

  /** Page 2 is the table itself. */
  private static final Store EDIT = new Store(CPU, 0x2000, entry(FRAME + 3, SUPERVISOR));

  private static World twoMachines() {
    return ExampleWorld.caching(
        Caching.Policy.FOREVER,
        machine(
            0,
            0,
            entry(FRAME, SUPERVISOR),
            entry(FRAME + 1, SUPERVISOR),
            entry(ExampleWorld.TABLE, SUPERVISOR)),
        machine(1, 0, entry(FRAME, SUPERVISOR)));
  }

  private static RunOutcome run(String target, World world, Operation... operations) {
    return SequenceRun.of(
        new Sequence(world, List.of(operations)),
        ((FreshTargets) Targets.named(target, List.of()).open()).maker().get(),
        EnumSet.allOf(Rule.class),
        StepListener.NONE);
  }

  private static void assertConforms(RunOutcome outcome) {
    assertInstanceOf(RunOutcome.Conforms.class, outcome, outcome::toString);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"reference", "bundled", "design:lazy", "design:role-shared", "design:out-of-sync"})
  void theHostMovesWhatTheEventHasJustReplaced(String target) {
    for (int read = 1; read <= 4; read++) {
      assertConforms(
          run(
              target,
              twoMachines(),
              new Load(CPU, 0),
              new Load(CPU, 0x1000),
              EDIT,
              new AtRead(read, new MoveFrames(0, FRAME, FREE, 1)),
              RELOAD,
              new Load(CPU, 0)));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"reference", "bundled", "design:lazy", "design:role-shared", "design:out-of-sync"})
  void theHostActsOnAnotherMachine(String target) {
    for (int read = 1; read <= 4; read++) {
      assertConforms(
          run(
              target,
              twoMachines(),
              new Load(new Vcpu(1, 0), 0),
              new Load(CPU, 0),
              new Load(CPU, 0x1000),
              EDIT,
              new AtRead(read, new UnmapFrames(1, FRAME, 1)),
              RELOAD,
              new Load(CPU, 0),
              new Load(new Vcpu(1, 0), 0)));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"reference", "bundled", "design:lazy", "design:role-shared", "design:out-of-sync"})
  void whatWasSpuriousAtFirstMayBeReportedAsSpurious(String target) {
    World world =
        new World(
            "4-level",
            LongWorld.of(0, 2, LongWorld.entry(FRAME, CLEAN)).profile(),
            new Caching(Caching.Policy.FOREVER, 1),
            LongWorld.of(0, 2, LongWorld.entry(FRAME, CLEAN)).machines());
    assertConforms(
        run(
            target,
            world,
            new Load(LongWorld.OTHER, 0),
            new Store(LongWorld.CPU, 0, 1),
            new AtRead(1, new MoveFrames(0, FRAME, FREE, 1)),
            new Store(LongWorld.OTHER, 0, 2)));
  }

  @Test
  void whatIsScheduledForAMachineThatIsGoneDoesNotHappen() {
    Vcpu gone = new Vcpu(1, 0);
    assertConforms(
        run(
            "reference",
            twoMachines(),
            new DestroyMachine(1),
            new AtRead(1, new ForeignStore(gone, entryAddress(0), 0, 4)),
            new AtRead(2, new Store(gone, 0, 1)),
            new Load(CPU, 0)));
  }

  @Test
  void aFrameThatCameBackIsNotTheHostsMatterAnyMore() {
    RunOutcome outcome =
        run(
            "fault:invlpg-ignored",
            twoMachines(),
            new Load(CPU, 0),
            new UnmapFrames(0, FRAME, 1),
            new MapFrames(0, FRAME, hostFrame(0, FRAME), 1),
            new Load(CPU, 0),
            EDIT,
            new InvalidatePage(CPU, 0));
    RunOutcome.Violated violated =
        assertInstanceOf(RunOutcome.Violated.class, outcome, outcome::toString);
    assertEquals(Rule.TLB_1, violated.violation().rule());
  }
}
