package io.vtlb.conformance.torture;

import io.vtlb.conformance.generate.ModeChoice;
import io.vtlb.conformance.protocol.ExecHarness;
import io.vtlb.conformance.run.Misbehaviour;
import io.vtlb.conformance.run.TargetFailure;
import io.vtlb.conformance.run.TargetSource;
import io.vtlb.conformance.verify.Progress;
import io.vtlb.conformance.verify.Verdict;
import io.vtlb.conformance.verify.Verification;
import io.vtlb.conformance.verify.VerificationPlan;
import io.vtlb.conformance.verify.Verifier;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What came of one misbehaving target.
 *
 * @param found how it failed, if it did
 * @param verdict what the run said; nothing if the target failed before there was one
 * @param time from the first misdeed to the verdict, with everything ended
 * @param left the processes that were left then
 */
record Ordeal(
    Optional<Misbehaviour> found, Optional<Verdict> verdict, Duration time, List<String> left) {

  private static final int SEQUENCES = 20;
  private static final int LENGTH = 20;

  /** Runs a target, which is not started again. */
  static Ordeal of(Case one) throws IOException {
    String id = "torture-" + one.way() + "-" + ProcessHandle.current().pid();
    try (ExecHarness harness =
        new ExecHarness(TortureProgram.command(one.way(), id), one.limits())) {
      TargetSource source =
          new TargetSource(
              one.way().name(), harness.describe(), () -> harness, Optional.of(one.limits()));
      Verification run = Verifier.verify(plan(source, SEQUENCES), Progress.NONE);
      Optional<Misbehaviour> found =
          run.crashes().stream().findFirst().map(crash -> crash.misbehaviour());
      return new Ordeal(
          found, Optional.of(Verdict.of(run)), elapsed(found), TortureProgram.left(id));
    } catch (TargetFailure e) {
      Optional<Misbehaviour> found = Optional.of(e.misbehaviour());
      return new Ordeal(found, Optional.empty(), elapsed(found), TortureProgram.left(id));
    }
  }

  /** Random sequences of guests without paging, for a target that is not started again. */
  static VerificationPlan plan(TargetSource source, int sequences) {
    return new VerificationPlan(
            source,
            1,
            sequences,
            Optional.empty(),
            LENGTH,
            ModeChoice.MIXED,
            VerificationPlan.everyRule(),
            1,
            VerificationPlan.USUAL_FAILURES)
        .restarting(0);
  }

  /** None where a flood of output has carried off what the target said of the time. */
  private static Duration elapsed(Optional<Misbehaviour> found) {
    long now = System.currentTimeMillis();
    return found
        .flatMap(misbehaviour ->
            misbehaviour
                .lastWords()
                .lines()
                .filter(line -> line.startsWith(TortureTarget.MISDEED))
                .findFirst())
        .map(line -> line.substring(TortureTarget.MISDEED.length()))
        .map(since -> Duration.ofMillis(now - Long.parseLong(since)))
        .orElse(Duration.ZERO);
  }
}
