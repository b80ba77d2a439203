package io.vtlb.conformance.verify;

import io.vtlb.conformance.reduce.Reducer;
import io.vtlb.conformance.run.Harness;
import io.vtlb.conformance.run.RunOutcome;
import io.vtlb.conformance.trace.RecordedTrace;
import io.vtlb.model.monitor.Violation;
import io.vtlb.model.rule.Rule;
import io.vtlb.model.target.Description;
import io.vtlb.model.trace.Sequence;
import java.util.Optional;

/**
 * A minimal sequence on which a target breaks a rule, with what happened in it.
 *
 * @param failure the failure that it was reduced from
 * @param violation how the rule is broken in the minimal sequence
 * @param trace the minimal sequence and its recorded run
 */
public record Counterexample(Failure failure, Violation violation, RecordedTrace trace) {

  /**
   * Reduces a failure of a run, keeping the same rule broken; nothing if the target does not break
   * it again with the same sequence.
   */
  public static Optional<Counterexample> of(
      VerificationPlan plan, Failure failure, Harness harness) {
    Sequence cut = plan.until(failure.sequence(), failure.operations());
    Rule rule = failure.violation().rule();
    Replays replays = new Replays(harness, plan.rules());
    if (!breaks(replays.once(cut), rule)) {
      return Optional.empty();
    }
    Description target = plan.target().description();
    Sequence minimal =
        Reducer.reduce(
            cut,
            candidate -> Needs.fit(candidate, target) && breaks(replays.once(candidate), rule));
    Recording recording = Recording.of(minimal, plan.target(), harness, plan.rules());
    return recording.outcome() instanceof RunOutcome.Violated violated
            && violated.violation().rule() == rule
        ? Optional.of(new Counterexample(failure, violated.violation(), recording.trace()))
        : Optional.empty();
  }

  /** The failure as one that does not always happen. */
  static Flake flake(VerificationPlan plan, Failure failure, Harness harness) {
    Rule rule = failure.violation().rule();
    Sequence cut = plan.until(failure.sequence(), failure.operations());
    return new Flake(
        failure.sequence(),
        failure.operations(),
        rule.id(),
        failure.violation().reason(),
        "",
        new Replays(harness, plan.rules()).ending(cut, outcome -> breaks(outcome, rule)),
        Replays.COUNT);
  }

  private static boolean breaks(RunOutcome outcome, Rule rule) {
    return outcome instanceof RunOutcome.Violated violated && violated.violation().rule() == rule;
  }
}
