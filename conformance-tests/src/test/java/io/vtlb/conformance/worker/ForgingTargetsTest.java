package io.vtlb.conformance.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vtlb.conformance.generate.ModeChoice;
import io.vtlb.conformance.process.OwnClassPath;
import io.vtlb.conformance.run.Harness;
import io.vtlb.conformance.run.Misbehaviour;
import io.vtlb.conformance.run.RunOutcome;
import io.vtlb.conformance.run.StepListener;
import io.vtlb.conformance.run.TargetSource;
import io.vtlb.conformance.target.FailedTarget;
import io.vtlb.conformance.target.Targets;
import io.vtlb.conformance.verify.Progress;
import io.vtlb.conformance.verify.Verification;
import io.vtlb.conformance.verify.VerificationPlan;
import io.vtlb.conformance.verify.Verifier;
import io.vtlb.model.trace.Sequence;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a target writes in its worker's name is its own failure, and never one of the kit. */
class ForgingTargetsTest {

  @BeforeEach
  void itCanBeDone() {
    assumeTrue(ForgingTargets.arePossible(), "open files have no names here");
  }

  private static TargetSource source(String name) {
    return Targets.named(
        "class:io.vtlb.conformance.worker.ForgingTargets$" + name,
        List.of(Path.of(OwnClassPath.tests())));
  }

  private static VerificationPlan plan(TargetSource source) {
    return new VerificationPlan(
            source,
            1,
            1,
            Optional.empty(),
            20,
            ModeChoice.TWO_LEVEL,
            VerificationPlan.everyRule(),
            1,
            1)
        .restarting(0);
  }

  @ParameterizedTest
  @CsvSource({"OfUnknownLevel, level\": \"omniscient\" is not one of", "OfNoMode, modes\": lists"})
  void aDescription(String name, String told) {
    String message =
        String.valueOf(assertThrows(FailedTarget.class, () -> source(name)).getMessage());
    assertTrue(message.contains("at its start: the worker that the target runs in"), message);
    assertTrue(message.contains(told), message);
    assertEquals(1, message.lines().count(), message);
  }

  @Test
  void anOutcomeBeyondTheEnd() {
    Verification run = Verifier.verify(plan(source("TooLate")), Progress.NONE);
    assertEquals(List.of(), run.failures());
    Misbehaviour found = run.crashes().getFirst().misbehaviour();
    assertEquals(Misbehaviour.Kind.INVALID_JSON, found.kind(), found::told);
    assertTrue(found.told().contains("wrote nonsense: 1000000 operations of "), found.told());
    assertTrue(run.crashes().getFirst().operations() <= 20, "it can be found in its sequence");
  }

  @Test
  void aRecordOfAnotherSequence() {
    Sequence sequence = plan(Targets.named("bundled", List.of())).sequence(0);
    try (Harness harness = source("OtherSequence").open()) {
      RunOutcome outcome = harness.run(sequence, VerificationPlan.everyRule(), StepListener.NONE);
      Misbehaviour found = assertInstanceOf(RunOutcome.Misbehaved.class, outcome).misbehaviour();
      assertEquals(Misbehaviour.Kind.INVALID_JSON, found.kind(), found::told);
      assertTrue(found.told().endsWith("\"recorded\": is of another sequence"), found.told());
    }
  }
}
