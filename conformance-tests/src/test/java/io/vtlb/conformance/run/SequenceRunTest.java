package io.vtlb.conformance.run;

import static io.vtlb.conformance.run.ExampleWorld.CPU;
import static io.vtlb.conformance.run.ExampleWorld.FRAME;
import static io.vtlb.conformance.run.ExampleWorld.SUPERVISOR;
import static io.vtlb.conformance.run.ExampleWorld.SUPERVISOR_READ;
import static io.vtlb.conformance.run.ExampleWorld.entry;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.vtlb.model.machine.ControlRegister;
import io.vtlb.model.machine.FaultCode;
import io.vtlb.model.machine.Vcpu;
import io.vtlb.model.memory.GuestPhysicalMemory;
import io.vtlb.model.operation.GuestOperation;
import io.vtlb.model.operation.GuestOperation.ChangePrivilege;
import io.vtlb.model.operation.GuestOperation.Fetch;
import io.vtlb.model.operation.GuestOperation.ForeignStore;
import io.vtlb.model.operation.GuestOperation.InvalidatePage;
import io.vtlb.model.operation.GuestOperation.Load;
import io.vtlb.model.operation.GuestOperation.Store;
import io.vtlb.model.operation.GuestOperation.WriteControl;
import io.vtlb.model.operation.Observation;
import io.vtlb.model.operation.Observation.Completed;
import io.vtlb.model.operation.Observation.GeneralProtection;
import io.vtlb.model.operation.Observation.Loaded;
import io.vtlb.model.operation.Observation.PageFaulted;
import io.vtlb.model.operation.Observation.ReachedDevice;
import io.vtlb.model.reference.ReferenceVmm;
import io.vtlb.model.rule.Rule;
import io.vtlb.model.target.VirtualTlb;
import io.vtlb.model.trace.Machine;
import io.vtlb.model.trace.Sequence;
import io.vtlb.model.trace.World;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the guest sees of each kind of operation on the reference VMM. */
class SequenceRunTest {

  private static final int BEYOND_MEMORY = 0x20;

  private static List<Observation> seen(World world, GuestOperation... operations) {
    List<Observation> seen = new ArrayList<>();
    StepListener listener =
        new StepListener() {
          @Override
          public void observation(Observation observation) {
            seen.add(observation);
          }
        };
    RunOutcome outcome = run(world, new ReferenceVmm(), listener, operations);
    assertInstanceOf(RunOutcome.Conforms.class, outcome);
    assertEquals(operations.length, outcome.operations());
    return seen;
  }

  private static RunOutcome run(
      World world, VirtualTlb target, StepListener listener, GuestOperation... operations) {
    return SequenceRun.of(
        new Sequence(world, List.of(operations)), target, EnumSet.allOf(Rule.class), listener);
  }

  private static World world(int cpl, int... entries) {
    return ExampleWorld.of(ExampleWorld.machine(0, cpl, entries));
  }

  private static Loaded tagOf(int vm, long physicalAddress) {
    return new Loaded(Integer.toUnsignedLong(GuestPhysicalMemory.tag(vm, physicalAddress)));
  }

  @Test
  void aLoadReadsTheTagOfItsFrame() {
    World world = world(0, entry(FRAME, SUPERVISOR));
    assertEquals(
        List.of(tagOf(0, FRAME << 12 | 8), tagOf(0, FRAME << 12)),
        seen(world, new Load(CPU, 8), new Fetch(CPU, 0)));
  }

  @Test
  void aStoreIsReadBackThroughAnAlias() {
    World world = world(0, entry(FRAME, SUPERVISOR), entry(FRAME, SUPERVISOR_READ));
    assertEquals(
        List.of(new Completed(), new Loaded(77)),
        seen(world, new Store(CPU, 0xFFC, 77), new Load(CPU, 0x1FFC)));
  }

  @Test
  void anotherAgentsStoreNeedsNoMapping() {
    World world = world(0, entry(FRAME, SUPERVISOR_READ));
    assertEquals(
        List.of(new Completed(), new Loaded(0xFFFF_FFFFL)),
        seen(world, new ForeignStore(CPU, FRAME << 12, 0xFFFF_FFFFL), new Load(CPU, 0)));
  }

  @Test
  void aFaultIsDeliveredWithItsCodeAndAddress() {
    World world = world(3, entry(FRAME, SUPERVISOR));
    FaultCode code = new FaultCode(FaultCode.PRESENT | FaultCode.WRITE | FaultCode.USER);
    assertEquals(List.of(new PageFaulted(code, 8)), seen(world, new Store(CPU, 8, 1)));
  }

  @Test
  void aFrameWithoutMemoryIsADevice() {
    World world = world(0, entry(BEYOND_MEMORY, SUPERVISOR));
    assertEquals(List.of(new ReachedDevice()), seen(world, new Load(CPU, 0)));
  }

  @Test
  void privilegedOperationsNeedCpl0() {
    World world = world(0, entry(FRAME, SUPERVISOR));
    assertEquals(
        List.of(
            new Completed(),
            new Completed(),
            new Completed(),
            new GeneralProtection(),
            new GeneralProtection(),
            new Completed(),
            new GeneralProtection()),
        seen(
            world,
            new InvalidatePage(CPU, 0),
            new WriteControl(CPU, ControlRegister.CR3, ExampleWorld.ROOT << 12),
            new ChangePrivilege(CPU, 3),
            new InvalidatePage(CPU, 0),
            new WriteControl(CPU, ControlRegister.CR3, 0),
            new ChangePrivilege(CPU, 1),
            new InvalidatePage(CPU, 0)));
  }

  @Test
  void machinesHaveTheirOwnMemory() {
    Machine first = ExampleWorld.machine(0, 0, entry(FRAME, SUPERVISOR));
    Machine second = ExampleWorld.machine(1, 0, entry(FRAME, SUPERVISOR));
    Vcpu other = new Vcpu(1, 0);
    assertEquals(
        List.of(new Completed(), tagOf(1, FRAME << 12), new Loaded(5)),
        seen(
            ExampleWorld.of(first, second),
            new Store(CPU, 0, 5),
            new Load(other, 0),
            new Load(CPU, 0)));
  }

  @Test
  void noOperationsAreRunWithoutAMistake() {
    assertEquals(List.of(), seen(world(0)));
  }
}
