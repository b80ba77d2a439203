package io.vtlb.conformance.fault;

import io.vtlb.conformance.generate.ModeChoice;
import io.vtlb.conformance.run.TargetSource;
import io.vtlb.conformance.target.Targets;
import io.vtlb.conformance.verify.Counterexample;
import io.vtlb.conformance.verify.Failure;
import io.vtlb.conformance.verify.Findings;
import io.vtlb.conformance.verify.Progress;
import io.vtlb.conformance.verify.Verification;
import io.vtlb.conformance.verify.VerificationPlan;
import io.vtlb.conformance.verify.Verifier;
import java.util.List;
import java.util.Optional;

/**
 * The kit set upon one fault.
 *
 * @param plan what was asked
 * @param run what was found
 */
record Hunt(VerificationPlan plan, Verification run) {

  private static final int LENGTH = 40;

  static Hunt of(Fault fault, long seed, long sequences) {
    TargetSource source = Targets.named("fault:" + fault.name(), List.of());
    VerificationPlan plan =
        new VerificationPlan(
            source,
            seed,
            sequences,
            Optional.empty(),
            LENGTH,
            ModeChoice.MIXED,
            VerificationPlan.everyRule(),
            Runtime.getRuntime().availableProcessors(),
            VerificationPlan.USUAL_FAILURES);
    return new Hunt(plan, Verifier.verify(plan, Progress.NONE));
  }

  /** The first failure of the rule that most sequences broke, if any broke one. */
  Optional<Failure> caught() {
    return run.firstOfEachRule().stream().findFirst();
  }

  /** The minimal counterexample of what was caught. */
  Counterexample counterexample() {
    return Findings.of(run).counterexamples().getFirst();
  }
}
