package io.vtlb.conformance.trace;

import io.vtlb.model.trace.Sequence;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * The content of a trace file: a sequence of operations, and what was recorded when it ran, if it
 * did.
 *
 * <p>A record is complete up to where the run ended: after a step without an observation nothing
 * more was recorded.
 *
 * @param steps one for each operation, in order
 * @param verdict what was found, if the run was judged
 */
public record RecordedTrace(
    Sequence sequence, List<RecordedStep> steps, Optional<RecordedVerdict> verdict) {

  public RecordedTrace {
    steps = List.copyOf(steps);
    int operations = sequence.operations().size();
    if (steps.size() != operations) {
      throw new IllegalArgumentException(
          "one step for each of " + operations + " operations, not " + steps.size());
    }
    boolean ended = false;
    for (RecordedStep step : steps) {
      if (ended && !step.isEmpty()) {
        throw new IllegalArgumentException("a step is recorded after one without an observation");
      }
      ended |= step.observation().isEmpty();
    }
    if (verdict.isPresent() && verdict.get().step() > operations) {
      throw new IllegalArgumentException(
          "a verdict on operation " + verdict.get().step() + " of " + operations);
    }
  }

  /** A sequence that has not run, or of whose run nothing is kept. */
  public static RecordedTrace of(Sequence sequence) {
    return new RecordedTrace(
        sequence,
        Collections.nCopies(sequence.operations().size(), RecordedStep.NONE),
        Optional.empty());
  }
}
