package io.vtlb.conformance.verify;

import io.vtlb.conformance.run.Harness;
import io.vtlb.conformance.run.RunOutcome;
import io.vtlb.conformance.run.StepListener;
import io.vtlb.conformance.run.TargetSource;
import io.vtlb.conformance.trace.RecordedStep;
import io.vtlb.conformance.trace.RecordedTrace;
import io.vtlb.conformance.trace.RecordedVerdict;
import io.vtlb.model.event.Event;
import io.vtlb.model.event.HostResponse;
import io.vtlb.model.event.Response;
import io.vtlb.model.operation.HostOperation;
import io.vtlb.model.operation.Observation;
import io.vtlb.model.operation.Operation;
import io.vtlb.model.rule.Rule;
import io.vtlb.model.trace.Sequence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A run of one sequence with everything that happened in it.
 *
 * @param outcome how it ended
 * @param trace what happened, with the verdict
 */
public record Recording(RunOutcome outcome, RecordedTrace trace) {

  /** Runs a sequence in a harness of its own and records it. */
  public static Recording of(Sequence sequence, TargetSource target, Set<Rule> rules) {
    try (Harness harness = target.open()) {
      return of(sequence, target, harness, rules);
    }
  }

  /** Runs a sequence in a harness of a target and records it. */
  public static Recording of(
      Sequence sequence, TargetSource target, Harness harness, Set<Rule> rules) {
    Recorder recorder = new Recorder();
    RunOutcome outcome = harness.run(sequence, rules, recorder);
    List<RecordedStep> steps = new ArrayList<>(recorder.finish());
    while (steps.size() < sequence.operations().size()) {
      steps.add(RecordedStep.NONE);
    }
    return new Recording(
        outcome, new RecordedTrace(sequence, steps, Optional.of(verdict(outcome, target))));
  }

  private static RecordedVerdict verdict(RunOutcome outcome, TargetSource target) {
    Optional<String> rule =
        outcome instanceof RunOutcome.Violated violated
            ? Optional.of(violated.violation().rule().id())
            : Optional.empty();
    return new RecordedVerdict(
        target.name(),
        target.description().level(),
        kind(outcome),
        rule,
        outcome.operations(),
        reason(outcome));
  }

  private static RecordedVerdict.Outcome kind(RunOutcome outcome) {
    return switch (outcome) {
      case RunOutcome.Conforms conforms -> RecordedVerdict.Outcome.CONFORMS;
      case RunOutcome.Violated violated -> RecordedVerdict.Outcome.VIOLATION;
      case RunOutcome.Misbehaved misbehaved -> RecordedVerdict.Outcome.CRASH;
    };
  }

  private static String reason(RunOutcome outcome) {
    return switch (outcome) {
      case RunOutcome.Conforms conforms -> "every step was right";
      case RunOutcome.Violated violated -> violated.violation().reason();
      case RunOutcome.Misbehaved misbehaved -> misbehaved.misbehaviour().told();
    };
  }

  /** Gathers steps as they happen. */
  private static final class Recorder implements StepListener {

    private final List<RecordedStep> steps = new ArrayList<>();
    private final List<RecordedStep.Happening> happenings = new ArrayList<>();
    private final List<HostResponse> meanwhile = new ArrayList<>();
    private Optional<Event> open = Optional.empty();
    private boolean inOperation;

    @Override
    public void operation(Operation operation) {
      inOperation = true;
    }

    @Override
    public void event(Event event) {
      open = Optional.of(event);
    }

    @Override
    public void response(Response response) {
      close(Optional.of(response));
    }

    @Override
    public void followed(HostOperation operation, HostResponse response) {
      if (open.isPresent()) {
        meanwhile.add(response);
      } else {
        happenings.add(new RecordedStep.Followed(response));
      }
    }

    private void close(Optional<Response> response) {
      open.ifPresent(
          event -> happenings.add(new RecordedStep.Exchange(event, meanwhile, response)));
      meanwhile.clear();
      open = Optional.empty();
    }

    @Override
    public void observation(Observation observation) {
      end(Optional.of(observation));
    }

    private void end(Optional<Observation> observation) {
      close(Optional.empty());
      steps.add(new RecordedStep(happenings, observation));
      happenings.clear();
      inOperation = false;
    }

    List<RecordedStep> finish() {
      if (inOperation) {
        end(Optional.empty());
      }
      return steps;
    }
  }
}
