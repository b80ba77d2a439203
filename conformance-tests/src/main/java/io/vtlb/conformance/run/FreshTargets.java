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
    return SequenceRun.of(sequence, maker.get(), rules, listener);
  }

  @Override
  public void close() {}
}
