package io.vtlb.conformance.verify;

import io.vtlb.conformance.run.Harness;
import io.vtlb.conformance.run.RunOutcome;
import io.vtlb.conformance.run.StepListener;
import io.vtlb.model.rule.Rule;
import io.vtlb.model.trace.Sequence;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Runs sequences again to see whether a target does the same.
 *
 * @param harness where it runs
 * @param rules the rules to judge
 */
record Replays(Harness harness, Set<Rule> rules) {

  /** How often a sequence is replayed to say how often it fails. */
  static final int COUNT = 10;

  RunOutcome once(Sequence sequence) {
    return harness.run(sequence, rules, StepListener.NONE);
  }

  /** How many of {@link #COUNT} replays end in a way. */
  int ending(Sequence sequence, Predicate<RunOutcome> same) {
    int ended = 0;
    for (int replay = 0; replay < COUNT; replay++) {
      if (same.test(once(sequence))) {
        ended++;
      }
    }
    return ended;
  }
}
