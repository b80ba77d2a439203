package io.vtlb.conformance.target;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vtlb.conformance.verify.Verdict;
import io.vtlb.conformance.verify.Verification;
import io.vtlb.model.operation.GuestOperation;
import io.vtlb.model.operation.Observation;
import io.vtlb.model.target.Description;
import io.vtlb.model.target.GuestMachine;
import io.vtlb.model.target.GuestMemory;
import io.vtlb.model.target.ObservationLevel;
import io.vtlb.model.target.VmBlueprint;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A whole machine that fails leaves the run without a verdict, as a virtual TLB does. */
class FailingMachineTest {

  /** Shows the guest nothing. */
  private static class Silent implements GuestMachine {

    @Override
    public Description describe() {
      return new Description("silent", ObservationLevel.GUEST_VISIBLE, Set.of());
    }

    @Override
    public void create(VmBlueprint blueprint, GuestMemory memory) {}

    @Override
    @SuppressWarnings("NullAway")
    public @Nullable Observation perform(GuestOperation operation) {
      return null;
    }
  }

  private static void assertCrashed(Supplier<Silent> maker, String reason) {
    Verification run = Trials.run(maker, 10);
    assertEquals(1 + run.plan().restarts(), run.crashes().size());
    Verdict verdict = Verdict.of(run);
    assertEquals(Verdict.Kind.INCONCLUSIVE, verdict.kind());
    assertTrue(verdict.reason().contains(reason), verdict.reason());
  }

  @Test
  void nothingObserved() {
    assertCrashed(Silent::new, "perform returned null");
  }

  @Test
  void anExceptionWhenItIsCreated() {
    assertCrashed(
        () ->
            new Silent() {
              @Override
              public void create(VmBlueprint blueprint, GuestMemory memory) {
                throw new IllegalStateException("no room");
              }
            },
        "java.lang.IllegalStateException: no room");
  }

  @Test
  void anExceptionWhenItPerforms() {
    assertCrashed(
        () ->
            new Silent() {
              @Override
              public Observation perform(GuestOperation operation) {
                throw new IllegalStateException("not yet");
              }
            },
        "java.lang.IllegalStateException: not yet");
  }
}
