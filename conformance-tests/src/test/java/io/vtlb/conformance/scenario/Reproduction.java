package io.vtlb.conformance.scenario;

import io.vtlb.conformance.run.RunOutcome;
import io.vtlb.conformance.run.SequencePlay;
import io.vtlb.conformance.run.StepListener;
import io.vtlb.model.event.EventCause;
import io.vtlb.model.event.Report;
import io.vtlb.model.event.Response;
import io.vtlb.model.machine.AccessKind;
import io.vtlb.model.machine.FaultCode;
import io.vtlb.model.machine.PageSize;
import io.vtlb.model.machine.PrivilegeSet;
import io.vtlb.model.memory.GuestPhysicalMemory;
import io.vtlb.model.operation.Observation;
import io.vtlb.model.operation.Operation;
import io.vtlb.model.reference.ReferenceVmm;
import io.vtlb.model.rule.Rule;
import io.vtlb.model.target.ActiveEntry;
import io.vtlb.model.trace.Sequence;
import io.vtlb.specs.cell.Cell;
import io.vtlb.specs.generate.Embedding;
import io.vtlb.specs.generate.Goal;
import io.vtlb.specs.generate.Prediction;
import io.vtlb.specs.generate.Scenario;
import io.vtlb.specs.generate.Seen;
import io.vtlb.specs.generate.SmallOperation;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;

/** Plays scenarios to the reference VMM and says where it does not do what is predicted. */
final class Reproduction implements StepListener {

  private final ReferenceVmm target = new ReferenceVmm();
  private final Scenario scenario;
  private Optional<EventCause> cause = Optional.empty();
  private Optional<Observation> observation = Optional.empty();

  private Reproduction(Scenario scenario) {
    this.scenario = scenario;
  }

  /** The first difference from what is predicted; empty if there is none. */
  static Optional<String> differenceOf(Scenario scenario) {
    return new Reproduction(scenario).play();
  }

  private Optional<String> play() {
    Sequence sequence = Embedding.of(scenario);
    SequencePlay play = new SequencePlay(sequence.world(), target, EnumSet.allOf(Rule.class), this);
    play.expect(sequence.operations());
    for (int step = 0; step < sequence.operations().size(); step++) {
      Operation operation = sequence.operations().get(step);
      cause = Optional.empty();
      observation = Optional.empty();
      if (!play.perform(operation)) {
        return Optional.of("step %d: %s".formatted(step + 1, play.outcome()));
      }
      Optional<String> difference =
          step < scenario.steps().size()
              ? difference(scenario.steps().get(step), operation)
              : Optional.empty();
      if (difference.isPresent()) {
        return Optional.of("step %d, %s".formatted(step + 1, difference.get()));
      }
    }
    if (scenario.goal() instanceof Goal.Into(Cell cell) && !play.outcome().cells().contains(cell)) {
      return Optional.of("the kit measures only " + play.outcome().cells().cells());
    }
    return play.outcome() instanceof RunOutcome.Conforms
        ? Optional.empty()
        : Optional.of(play.outcome().toString());
  }

  private Optional<String> difference(Prediction predicted, Operation operation) {
    List<String> active = new ArrayList<>();
    for (PrivilegeSet set :
        List.of(PrivilegeSet.SUPERVISOR, PrivilegeSet.USER, PrivilegeSet.SUPERVISOR_AC)) {
      active.add(active(set));
    }
    boolean isEdit = predicted.operation() instanceof SmallOperation.Edit;
    if (!isEdit && !cause.equals(predicted.cause())) {
      return Optional.of("cause %s, not %s".formatted(cause, predicted.cause()));
    }
    if (!active.equals(predicted.active())) {
      return Optional.of("active %s, not %s".formatted(active, predicted.active()));
    }
    Observation expected = expected(predicted);
    return observation.filter(expected::equals).isPresent()
        ? Optional.empty()
        : Optional.of("%s: %s, not %s".formatted(operation, observation, expected));
  }

  private static Observation expected(Prediction predicted) {
    boolean stores =
        predicted.operation() instanceof SmallOperation.Touch(var kind) && kind == AccessKind.STORE;
    return switch (predicted.seen()) {
      case Seen.GoesOn on -> new Observation.Completed();
      case Seen.ReachesDevice device -> new Observation.ReachedDevice();
      case Seen.Faults(int code) ->
          new Observation.PageFaulted(
              new FaultCode(code), PageSize.address(Embedding.PAGE, stores ? 0x200 : 0x100));
      case Seen.Reads(long frame) ->
          stores
              ? new Observation.Completed()
              : new Observation.Loaded(
                  Integer.toUnsignedLong(
                      GuestPhysicalMemory.tag(0, PageSize.address(frame, 0x100))));
    };
  }

  private String active(PrivilegeSet set) {
    for (ActiveEntry entry : target.activeEntries(Embedding.CPU, set)) {
      if (entry.covers(Embedding.PAGE)) {
        return Prediction.active(
            entry.hostFrame(Embedding.PAGE),
            entry.rights().read(),
            entry.rights().write(),
            entry.rights().execute(),
            entry.key() != ActiveEntry.NO_KEY);
      }
    }
    return Prediction.ABSENT;
  }

  @Override
  public void response(Response response) {
    cause = response.report().map(Report::cause);
  }

  @Override
  public void observation(Observation seen) {
    observation = Optional.of(seen);
  }
}
