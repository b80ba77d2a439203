package io.vtlb.conformance.verify;

import io.vtlb.conformance.generate.ModeChoice;
import io.vtlb.conformance.run.TargetSource;
import io.vtlb.conformance.target.Targets;
import io.vtlb.model.target.Target;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Plans for examples. */
final class Plans {

  static final int LENGTH = 40;

  private static final int JOBS = Runtime.getRuntime().availableProcessors();

  private Plans() {}

  static VerificationPlan of(TargetSource target, long seed, long sequences, int length) {
    return of(target, ModeChoice.MIXED, seed, sequences, length);
  }

  static VerificationPlan of(
      TargetSource target, ModeChoice modes, long seed, long sequences, int length) {
    return new VerificationPlan(
        target,
        seed,
        sequences,
        Optional.empty(),
        length,
        modes,
        VerificationPlan.everyRule(),
        JOBS,
        VerificationPlan.USUAL_FAILURES);
  }

  static VerificationPlan named(String target, long seed, long sequences) {
    return of(Targets.named(target, List.of()), seed, sequences, LENGTH);
  }

  /** The same plan with another number of threads. */
  static VerificationPlan jobs(VerificationPlan plan, int jobs) {
    return new VerificationPlan(
        plan.target(),
        plan.seed(),
        plan.sequences(),
        plan.time(),
        plan.length(),
        plan.modes(),
        plan.rules(),
        jobs,
        plan.mostFailures());
  }

  static Verification run(VerificationPlan plan) {
    return Verifier.verify(plan, Progress.NONE);
  }

  /** A short run of targets that are made so. */
  static Verification run(Supplier<? extends Target> maker) {
    return run(shortPlan(maker));
  }

  /** The same, ended by the first sequence in which the target fails. */
  static Verification runUntilItFails(Supplier<? extends Target> maker) {
    return run(shortPlan(maker).restarting(0));
  }

  /** The same in one thread, so that targets are made in the order of the sequences. */
  static Verification runOneByOne(Supplier<? extends Target> maker) {
    return run(jobs(shortPlan(maker), 1));
  }

  private static VerificationPlan shortPlan(Supplier<? extends Target> maker) {
    TargetSource source = TargetSource.inProcess("example", maker.get().describe(), maker);
    return of(source, 1, 300, LENGTH);
  }
}
