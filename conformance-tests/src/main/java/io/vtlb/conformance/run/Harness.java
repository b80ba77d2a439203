package io.vtlb.conformance.run;

import io.vtlb.model.rule.Rule;
import io.vtlb.model.trace.Sequence;
import java.util.Set;

/**
 * Where one target runs one sequence after another; each starts afresh, whatever the one before did
 * to the target.
 *
 * <p>Used by one thread.
 */
public interface Harness extends AutoCloseable {

  /** Runs a sequence from its first operation to its end, its first violation, or a failure. */
  RunOutcome run(Sequence sequence, Set<Rule> rules, StepListener listener);

  /** Ends the target, and all that belongs to it. */
  @Override
  void close();
}
