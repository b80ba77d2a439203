package io.vtlb.conformance.target;

import io.vtlb.conformance.generate.ModeChoice;
import io.vtlb.conformance.run.TargetSource;
import io.vtlb.conformance.verify.Progress;
import io.vtlb.conformance.verify.Verification;
import io.vtlb.conformance.verify.VerificationPlan;
import io.vtlb.conformance.verify.Verifier;
import io.vtlb.model.target.Target;
import java.util.Optional;
import java.util.function.Supplier;

/** Runs of targets made up for examples. */
final class Trials {

  private static final long SEED = 3;
  private static final int LENGTH = 40;

  private Trials() {}

  static Verification run(Supplier<? extends Target> maker, long sequences) {
    return run(maker, ModeChoice.MIXED, sequences);
  }

  static Verification run(Supplier<? extends Target> maker, ModeChoice modes, long sequences) {
    TargetSource source = TargetSource.inProcess("example", maker.get().describe(), maker);
    return Verifier.verify(
        new VerificationPlan(
            source,
            SEED,
            sequences,
            Optional.empty(),
            LENGTH,
            modes,
            VerificationPlan.everyRule(),
            Runtime.getRuntime().availableProcessors(),
            VerificationPlan.USUAL_FAILURES),
        Progress.NONE);
  }
}
