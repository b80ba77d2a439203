package io.vtlb.conformance.target;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.vtlb.conformance.verify.Verdict;
import io.vtlb.model.machine.FaultCode;
import io.vtlb.model.operation.GuestOperation;
import io.vtlb.model.operation.Observation;
import io.vtlb.model.reference.ReferenceVmm;
import io.vtlb.model.target.Description;
import io.vtlb.model.target.GuestMachine;
import io.vtlb.model.target.GuestMemory;
import io.vtlb.model.target.ObservationLevel;
import io.vtlb.model.target.VmBlueprint;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HostileMachineTest {

  private static class Broken implements GuestMachine {
    @Override
    public Description describe() {
      return new Description("broken", ObservationLevel.GUEST_VISIBLE, Set.of());
    }

    @Override
    public void create(VmBlueprint blueprint, GuestMemory memory) {}

    @Override
    public Observation perform(GuestOperation operation) {
      return null;
    }
  }

  @Test
  void nothingObservedIsInconclusive() {
    assertEquals(Verdict.Kind.INCONCLUSIVE, Verdict.of(Trials.run(Broken::new, 10)).kind());
  }

  @Test
  void aMachineThatCannotBeCreatedIsInconclusive() {
    assertEquals(
        Verdict.Kind.INCONCLUSIVE,
        Verdict.of(
                Trials.run(
                    () ->
                        new Broken() {
                          @Override
                          public void create(VmBlueprint blueprint, GuestMemory memory) {
                            throw new IllegalStateException("no room");
                          }
                        },
                    10))
            .kind());
  }

  /** INVLPG and MOV CR complete at CPL 0, whatever they do. */
  @Test
  void aFaultAtAPrivilegedOperationIsSeen() {
    assertNotEquals(
        Verdict.Kind.CONFORMS,
        Verdict.of(
                Trials.run(
                    () ->
                        new GuestMachine() {
                          private final ObservedMachine right =
                              new ObservedMachine(new ReferenceVmm());

                          @Override
                          public Description describe() {
                            return right.describe();
                          }

                          @Override
                          public void create(VmBlueprint blueprint, GuestMemory memory) {
                            right.create(blueprint, memory);
                          }

                          @Override
                          public Observation perform(GuestOperation operation) {
                            Observation seen = right.perform(operation);
                            return operation instanceof GuestOperation.InvalidatePage
                                    || operation instanceof GuestOperation.WriteControl
                                ? new Observation.PageFaulted(new FaultCode(5), 77)
                                : seen;
                          }
                        },
                    2_000))
            .kind());
  }
}
