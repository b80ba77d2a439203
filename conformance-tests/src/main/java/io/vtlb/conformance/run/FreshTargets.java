package io.vtlb.conformance.run;

import io.vtlb.model.rule.Rule;
import io.vtlb.model.target.Target;
import io.vtlb.model.trace.Sequence;
import java.util.Set;
import java.util.function.Supplier;

/**
 * A harness inside this process, with a fresh target for each sequence.
 *
 * @param maker makes a target that has run nothing yet
 */
public record FreshTargets(Supplier<? extends Target> maker) implements Harness {

  @Override
  public RunOutcome run(Sequence sequence, Set<Rule> rules, StepListener listener) {
    Target target = maker.get();
    RunOutcome outcome = SequenceRun.of(sequence, target, rules, listener);
    if (target instanceof AutoCloseable open) {
      return closed(open, outcome);
    }
    return outcome;
  }

  /** A target that fails when it is closed has failed in its sequence. */
  private static RunOutcome closed(AutoCloseable target, RunOutcome outcome) {
    try {
      TargetCall.of(() -> {
        target.close();
        return true;
      });
      return outcome;
    } catch (TargetFailure e) {
      return outcome instanceof RunOutcome.Conforms
          ? new RunOutcome.Misbehaved(
              outcome.tally(), outcome.cells(), outcome.operations(), e.misbehaviour())
          : outcome;
    }
  }

  @Override
  public void close() {}
}
