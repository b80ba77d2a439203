package io.vtlb.conformance.trace;

import io.vtlb.conformance.trace.RecordedStep.Exchange;
import io.vtlb.conformance.trace.RecordedStep.Followed;
import io.vtlb.conformance.trace.RecordedStep.Happening;
import io.vtlb.model.event.Event;
import io.vtlb.model.event.HostResponse;
import io.vtlb.model.event.Response;
import io.vtlb.model.operation.Observation;
import io.vtlb.model.operation.Operation;
import io.vtlb.model.trace.Sequence;
import io.vtlb.model.trace.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Puts the records of a trace together, in the order of its lines, and refuses what is out of
 * order.
 */
final class Assembly {

  /** The field {@code record}. */
  private enum Kind {
    WORLD,
    OPERATION,
    EVENT,
    RESPONSE,
    HOST_RESPONSE,
    OBSERVATION,
    VERDICT
  }

  private final World world;
  private final WorldScope scope;
  private final List<Operation> operations = new ArrayList<>();
  private final List<RecordedStep> steps = new ArrayList<>();
  private final List<Happening> happenings = new ArrayList<>();
  private Optional<Event> unanswered = Optional.empty();

  /** The host responses inside the event that is not yet answered. */
  private final List<HostResponse> meanwhile = new ArrayList<>();

  private Optional<Observation> observation = Optional.empty();
  private Optional<RecordedVerdict> verdict = Optional.empty();

  /** The first operation without an observation before the last one; 0 if there is none. */
  private int ended;

  /** Starts with the first line. */
  Assembly(Fields first) throws BadTrace {
    Schema.refuseRecording(first);
    Kind kind = first.word("record", Kind.class);
    if (kind != Kind.WORLD) {
      throw first.bad(
          "record", "the first line of a trace is its world, not " + Json.shown(Words.of(kind)));
    }
    world = WorldFormat.read(first);
    scope = new WorldScope(world);
  }

  /** Takes the next line. */
  void add(Fields line) throws BadTrace {
    Kind kind = line.word("record", Kind.class);
    if (verdict.isPresent()) {
      throw line.bad("record", "nothing stands after the verdict");
    }
    switch (kind) {
      case WORLD -> throw line.bad("record", "a trace has one world, on its first line");
      case OPERATION -> operation(line);
      case EVENT -> event(line);
      case RESPONSE -> response(line);
      case HOST_RESPONSE -> hostResponse(line);
      case OBSERVATION -> observation(line);
      case VERDICT -> verdict = Optional.of(VerdictFormat.read(line, operations.size()));
    }
  }

  RecordedTrace trace() {
    closeStep();
    return new RecordedTrace(new Sequence(world, operations), steps, verdict);
  }

  private void operation(Fields line) throws BadTrace {
    long n = line.number("n");
    int expected = operations.size() + 1;
    if (n != expected) {
      throw line.bad(
          "n", "must be " + expected + ", not " + n + ": operations count from 1 without gaps");
    }
    Operation operation = OperationFormat.read(line, scope);
    closeStep();
    operations.add(operation);
  }

  private void event(Fields line) throws BadTrace {
    inStep(line);
    if (unanswered.isPresent()) {
      throw line.bad("record", "the event before this one has no response");
    }
    unanswered = Optional.of(EventFormat.read(line, scope));
  }

  private void response(Fields line) throws BadTrace {
    inStep(line);
    Response response = ResponseFormat.read(line);
    Event event =
        unanswered.orElseThrow(() -> line.bad("record", "a response stands after its event"));
    close(event, Optional.of(response));
  }

  private void hostResponse(Fields line) throws BadTrace {
    inStep(line);
    HostResponse response = HostResponseFormat.read(line);
    if (unanswered.isPresent()) {
      meanwhile.add(response);
    } else {
      happenings.add(new Followed(response));
    }
  }

  private void close(Event event, Optional<Response> response) {
    happenings.add(new Exchange(event, meanwhile, response));
    meanwhile.clear();
    unanswered = Optional.empty();
  }

  private void observation(Fields line) throws BadTrace {
    inStep(line);
    if (unanswered.isPresent()) {
      throw line.bad("record", "the event before this observation has no response");
    }
    observation = Optional.of(ObservationFormat.read(line));
  }

  /** Checks that more may be recorded under the last operation, and that this line names it. */
  private void inStep(Fields line) throws BadTrace {
    long n = line.number("n");
    if (n != operations.size() || n == 0) {
      throw line.bad("n", "is " + n + ", but stands after operation " + operations.size());
    }
    if (ended != 0) {
      throw line.bad("record", "recorded after operation " + ended + ", which has no observation");
    }
    if (observation.isPresent()) {
      throw line.bad("record", "operation " + n + " ends with the observation before");
    }
  }

  private void closeStep() {
    if (operations.isEmpty()) {
      return;
    }
    unanswered.ifPresent(event -> close(event, Optional.empty()));
    steps.add(
        happenings.isEmpty() && observation.isEmpty()
            ? RecordedStep.NONE
            : new RecordedStep(happenings, observation));
    if (observation.isEmpty() && ended == 0) {
      ended = operations.size();
    }
    happenings.clear();
    observation = Optional.empty();
  }
}
