package io.vtlb.conformance.target;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.vtlb.conformance.generate.ModeChoice;
import io.vtlb.conformance.verify.Verdict;
import io.vtlb.conformance.verify.Verification;
import io.vtlb.model.machine.PageSize;
import io.vtlb.model.operation.GuestOperation;
import io.vtlb.model.operation.GuestOperation.Load;
import io.vtlb.model.operation.Observation;
import io.vtlb.model.reference.ReferenceVmm;
import io.vtlb.model.rule.Rule;
import io.vtlb.model.target.Description;
import io.vtlb.model.target.GuestMachine;
import io.vtlb.model.target.GuestMemory;
import io.vtlb.model.target.VmBlueprint;
import java.util.List;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A whole machine is judged by what its guest sees, in every mode. */
class ObservedMachineTest {

  private static final long SEQUENCES = 600;
  private static final Observation PROTECTED = new Observation.GeneralProtection();
  private static final Observation INVALID = new Observation.InvalidOpcode();
  private static final Observation COMPLETED = new Observation.Completed();

  /** A right machine whose guest is shown something else. */
  private record Misleading(
      ObservedMachine right, BiFunction<GuestOperation, Observation, Observation> change)
      implements GuestMachine {

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
      return change.apply(operation, right.perform(operation));
    }
  }

  private static Rule blamed(BiFunction<GuestOperation, Observation, Observation> change) {
    Verification run =
        Trials.run(
            () -> new Misleading(new ObservedMachine(new ReferenceVmm()), change), SEQUENCES);
    return run.firstOfEachRule().getFirst().violation().rule();
  }

  private static boolean crosses(Load load) {
    return PageSize.offset(load.address()) + load.bytes() > PageSize.BASE_BYTES;
  }

  @ParameterizedTest
  @EnumSource
  void aRightMachineBreaksNoRule(ModeChoice modes) {
    Verification run = Trials.run(() -> new ObservedMachine(new ReferenceVmm()), modes, SEQUENCES);
    assertEquals(List.of(), run.failures());
    assertNotEquals(Verdict.Kind.FAILS, Verdict.of(run).kind());
    assertEquals(SEQUENCES, run.sequences());
  }

  @Test
  void generalProtectionIsExpectedWhereTheManualSaysSo() {
    assertEquals(
        Rule.EVENT_2, blamed((operation, seen) -> seen.equals(PROTECTED) ? COMPLETED : seen));
  }

  @Test
  void anInvalidOpcodeIsExpectedWhereTheManualSaysSo() {
    assertEquals(
        Rule.EVENT_2, blamed((operation, seen) -> seen.equals(INVALID) ? PROTECTED : seen));
  }

  @Test
  void generalProtectionIsNotExpectedElsewhere() {
    assertEquals(
        Rule.EVENT_4,
        blamed((operation, seen) ->
            operation instanceof GuestOperation.WriteControl ? PROTECTED : seen));
    assertEquals(
        Rule.EVENT_4, blamed((operation, seen) -> operation instanceof Load ? PROTECTED : seen));
  }

  @Test
  void theHalvesOfACrossingLoadAreNotInterchangeable() {
    assertEquals(
        Rule.DERIVE_1,
        blamed((operation, seen) ->
            operation instanceof Load load
                    && crosses(load)
                    && seen instanceof Observation.Loaded(long value)
                ? new Observation.Loaded(Long.rotateLeft(value, Integer.SIZE))
                : seen));
  }

  @Test
  void theFaultOfACrossingLoadNamesThePartThatFaulted() {
    assertEquals(
        Rule.EVENT_3,
        blamed((operation, seen) ->
            operation instanceof Load load
                    && crosses(load)
                    && seen instanceof Observation.PageFaulted fault
                ? new Observation.PageFaulted(fault.code(), other(fault.address()))
                : seen));
  }

  /** The address of the other part: the last word of a page, or the first of the next. */
  private static long other(long address) {
    return PageSize.offset(address) == 0 ? address - 4 : address + 4;
  }
}
