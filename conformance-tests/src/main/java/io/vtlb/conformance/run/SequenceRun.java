package io.vtlb.conformance.run;

import io.vtlb.model.operation.Operation;
import io.vtlb.model.rule.Rule;
import io.vtlb.model.target.Target;
import io.vtlb.model.trace.Sequence;
import java.util.Set;

/**
 * Runs one sequence against a fresh target, from its first operation to its end or its first
 * violation.
 */
public final class SequenceRun {

  private SequenceRun() {}

  /**
   * Runs a sequence.
   *
   * @param target a target that has run nothing yet
   * @param rules the rules to judge
   */
  public static RunOutcome of(
      Sequence sequence, Target target, Set<Rule> rules, StepListener listener) {
    SequencePlay play = new SequencePlay(sequence.world(), target, rules, listener);
    play.expect(sequence.operations());
    for (Operation operation : sequence.operations()) {
      if (!play.perform(operation)) {
        break;
      }
    }
    return play.outcome();
  }
}
