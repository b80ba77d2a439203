package io.vtlb.conformance.report;

import io.vtlb.conformance.generate.ModeChoice;
import io.vtlb.conformance.target.Targets;
import io.vtlb.conformance.verify.Counterexample;
import io.vtlb.conformance.verify.Findings;
import io.vtlb.conformance.verify.Progress;
import io.vtlb.conformance.verify.Verdict;
import io.vtlb.conformance.verify.Verification;
import io.vtlb.conformance.verify.VerificationPlan;
import io.vtlb.conformance.verify.Verifier;
import io.vtlb.specs.generate.ShippedScenarios;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * What a user reads at the end of a run. After a change that is meant, the files are made again by
 * {@code ./vtlb verify --target reference --sequences 5}, and from the output of {@code ./vtlb
 * verify --target fault:invlpg-ignored --sequences 100}.
 */
class VerificationTextTest {

  private static final long SEED = 1;
  private static final int LENGTH = 40;

  private static VerificationPlan plan(String target, long sequences) {
    return new VerificationPlan(
        Targets.named(target, List.of()),
        SEED,
        sequences,
        Optional.empty(),
        LENGTH,
        ModeChoice.MIXED,
        VerificationPlan.everyRule(),
        1,
        VerificationPlan.USUAL_FAILURES);
  }

  @Test
  void theTableOfARunThatIsTooSmall() throws IOException {
    Verification run = Verifier.verify(plan("reference", 5), Progress.NONE);
    Golden.assertMatches(
        "verify-reference.txt",
        VerificationText.of(run, Verdict.of(run), Findings.of(run), ShippedScenarios.table()));
  }

  @Test
  void theCounterexampleOfAFlushThatIsIgnored() throws IOException {
    VerificationPlan plan = plan("fault:invlpg-ignored", 100);
    Verification run = Verifier.verify(plan, Progress.NONE);
    Counterexample counterexample = Findings.of(run).counterexamples().getFirst();
    Golden.assertMatches(
        "counterexample-invlpg-ignored.txt", CounterexampleText.of(counterexample, plan));
  }
}
