package io.vtlb.conformance.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vtlb.conformance.report.VerificationJson;
import io.vtlb.specs.generate.ShippedScenarios;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same plan gives the same report, byte for byte, whatever its number of threads. */
class RepeatedRunTest {

  private static String report(VerificationPlan plan) {
    Verification run = Plans.run(plan);
    return VerificationJson.of(run, Verdict.of(run), Findings.of(run), ShippedScenarios.table(), 0)
        .toPrettyString();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bundled",
        "fault:high-address-of-large-page-dropped",
        "fault:write-protection-lifted-in-every-machine"
      })
  void threadsChangeNothing(String target) {
    VerificationPlan plan = Plans.named(target, 8, 300);
    String once = report(Plans.jobs(plan, 1));
    for (int jobs : new int[] {1, 2, 5}) {
      assertEquals(once, report(Plans.jobs(plan, jobs)), jobs + " threads");
    }
  }

  @Test
  void anotherSeedChangesTheReport() {
    String target = "fault:invlpg-ignored";
    assertTrue(!report(Plans.named(target, 1, 100)).equals(report(Plans.named(target, 2, 100))));
  }

  @Test
  void aRunBoundedByTimeNamesTheCountThatRepeatsIt() {
    VerificationPlan counted = Plans.named("bundled", 12, Long.MAX_VALUE);
    VerificationPlan timed =
        new VerificationPlan(
            counted.target(),
            counted.seed(),
            counted.sequences(),
            Optional.of(Duration.ofMillis(200)),
            counted.length(),
            counted.modes(),
            counted.rules(),
            2,
            counted.mostFailures());
    Verification run = Plans.run(timed);
    assertTrue(run.sequences() > 0);
    Verification again = Plans.run(Plans.named("bundled", 12, run.sequences()));
    assertEquals(json(run), json(again));
  }

  private static String json(Verification run) {
    return VerificationJson.of(run, Verdict.of(run), Findings.of(run), ShippedScenarios.table(), 0)
        .toPrettyString();
  }

  @Test
  void aRunWithoutAnySequenceIsInconclusive() {
    Verification run = Plans.run(Plans.named("bundled", 1, 0));
    assertEquals(0, run.sequences());
    Verdict verdict = Verdict.of(run);
    assertEquals(Verdict.Kind.INCONCLUSIVE, verdict.kind());
    assertTrue(verdict.reason().startsWith("never exercised: INIT-1, "), verdict.reason());
  }

  @Test
  void aRunEndsAtTheMostFailures() {
    VerificationPlan plan = Plans.named("fault:guest-fault-swallowed", 1, 10_000);
    Verification run = Plans.run(plan);
    assertEquals(VerificationPlan.USUAL_FAILURES, run.failures().size());
    assertEquals(run.sequences() - 1, run.failures().getLast().sequence());
  }
}
