package io.vtlb.conformance.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vtlb.conformance.generate.ModeChoice;
import io.vtlb.conformance.target.Targets;
import io.vtlb.conformance.verify.Progress;
import io.vtlb.conformance.verify.Verification;
import io.vtlb.conformance.verify.VerificationPlan;
import io.vtlb.conformance.verify.Verifier;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A run that is ended early has not been for nothing. */
class SoFarTest {

  private static Verification run(String target) {
    VerificationPlan plan =
        new VerificationPlan(
            Targets.named(target, List.of()),
            1,
            300,
            Optional.empty(),
            40,
            ModeChoice.MIXED,
            VerificationPlan.everyRule(),
            1,
            VerificationPlan.USUAL_FAILURES);
    return Verifier.verify(plan, SoFar.follow(plan, Progress.NONE));
  }

  @Test
  void whatWasBrokenIsTold() {
    Verification run = run("fault:invlpg-ignored");
    List<String> told = SoFar.told();
    assertEquals(
        "%d sequences had run, and %d of them broke a rule"
            .formatted(run.sequences(), run.failures().size()),
        told.getFirst());
    assertEquals(1 + run.firstOfEachRule().size(), told.size());
    assertTrue(
        told.stream().anyMatch(line -> line.startsWith("TLB-1 is broken, first in sequence ")),
        told.toString());
  }

  @Test
  void thatNothingWasBrokenIsTold() {
    run("bundled");
    assertEquals(List.of("300 sequences had run, and 0 of them broke a rule"), SoFar.told());
  }
}
