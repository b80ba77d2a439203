package io.vtlb.conformance.verify;

import io.vtlb.conformance.reduce.Reducer;
import io.vtlb.conformance.run.RunOutcome;
import io.vtlb.conformance.run.SequenceRun;
import io.vtlb.conformance.run.StepListener;
import io.vtlb.conformance.trace.RecordedTrace;
import io.vtlb.model.monitor.Violation;
import io.vtlb.model.rule.Rule;
import io.vtlb.model.trace.Sequence;
import java.util.Set;

/**
 * A minimal sequence on which a target breaks a rule, with what happened in it.
 *
 * @param failure the failure that it was reduced from
 * @param violation how the rule is broken in the minimal sequence
 * @param trace the minimal sequence and its recorded run
 */
public record Counterexample(Failure failure, Violation violation, RecordedTrace trace) {

  /** Reduces a failure of a run, keeping the same rule broken. */
  public static Counterexample of(VerificationPlan plan, Failure failure) {
    Sequence failing = plan.sequence(failure.sequence());
    Sequence cut = failing.with(failing.operations().subList(0, failure.operations()));
    Rule rule = failure.violation().rule();
    Sequence minimal = Reducer.reduce(cut, candidate -> breaks(plan, candidate, rule));
    Recording recording = Recording.of(minimal, plan.target(), plan.rules());
    if (!(recording.outcome() instanceof RunOutcome.Violated violated)) {
      throw new UnstableTarget(rule);
    }
    return new Counterexample(failure, violated.violation(), recording.trace());
  }

  private static boolean breaks(VerificationPlan plan, Sequence candidate, Rule rule) {
    Set<Rule> rules = plan.rules();
    return SequenceRun.of(candidate, plan.target().fresh(), rules, StepListener.NONE)
            instanceof RunOutcome.Violated violated
        && violated.violation().rule() == rule;
  }
}
