package io.vtlb.conformance.jqwik;

import io.vtlb.conformance.report.CounterexampleText;
import io.vtlb.conformance.run.RunOutcome;
import io.vtlb.conformance.run.TargetSource;
import io.vtlb.conformance.verify.Recording;
import io.vtlb.conformance.verify.VerificationPlan;
import io.vtlb.model.target.Target;
import io.vtlb.model.trace.Sequence;
import java.util.Optional;

/**
 * How one sequence went.
 *
 * @param right true if no rule was broken and the target did not fail
 * @param brokenRule the id of the rule that was, for example {@code TLB-1}
 * @param text what happened step by step, and what was found
 */
public record Judgement(boolean right, Optional<String> brokenRule, String text) {

  /**
   * Runs a sequence to its end or its first mistake, and judges every step by every rule.
   *
   * @param target a target that has run nothing yet; it can be looked at afterwards
   */
  public static Judgement of(Sequence sequence, Target target) {
    TargetSource source =
        TargetSource.inProcess(target.describe().name(), target.describe(), () -> target);
    Recording recording = Recording.of(sequence, source, VerificationPlan.everyRule());
    String steps = CounterexampleText.steps(recording.trace());
    return switch (recording.outcome()) {
      case RunOutcome.Conforms conforms -> new Judgement(true, Optional.empty(), steps);
      case RunOutcome.Violated violated ->
          new Judgement(
              false,
              Optional.of(violated.violation().rule().id()),
              "%s is broken at operation %d: %s%n%n%s"
                  .formatted(
                      violated.violation().rule(),
                      violated.operations(),
                      violated.violation().reason(),
                      steps));
      case RunOutcome.Misbehaved misbehaved ->
          new Judgement(
              false,
              Optional.empty(),
              "%s at operation %d%n%n%s"
                  .formatted(misbehaved.misbehaviour().told(), misbehaved.operations(), steps));
    };
  }

  /** Does nothing if everything was right, else throws an {@link AssertionError} with the text. */
  public void orThrow() {
    if (!right) {
      throw new AssertionError(text);
    }
  }
}
