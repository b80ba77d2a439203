package io.vtlb.conformance.trace;

import io.vtlb.model.event.Event;
import io.vtlb.model.event.HostResponse;
import io.vtlb.model.event.Response;
import io.vtlb.model.machine.Profile;
import io.vtlb.model.operation.Observation;
import io.vtlb.model.operation.Operation;
import io.vtlb.model.trace.Machine;
import io.vtlb.model.trace.World;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * The forms that the target protocol has in common with the trace format, as a target reads and
 * writes them: the other way round than the kit does.
 */
public final class RequestForms {

  private static final Place REQUEST = new Place("request", 0);

  private RequestForms() {}

  /** The fields of a request, for messages that name them. */
  public static Fields fields(ObjectNode request) {
    return new Fields(REQUEST, "", request);
  }

  /** The field {@code profile}. */
  public static Profile profile(ObjectNode request) throws BadTrace {
    return ProfileFormat.read(fields(request).object("profile"));
  }

  /**
   * A machine, which may lie anywhere in host memory.
   *
   * @param machine nothing but {@code vcpus}, {@code hostMap} and {@code words}
   */
  public static Machine machine(ObjectNode machine, Profile profile) throws BadTrace {
    return MachineFormat.read(fields(machine), profile, new FrameRuns());
  }

  /**
   * An event.
   *
   * @param event the fields from {@code event} on
   */
  public static Event event(ObjectNode event, World world) throws BadTrace {
    Fields fields = fields(event);
    if (fields.text("event").equals("control-write") && !fields.has("value")) {
      throw fields.bad("value", "is missing");
    }
    return EventFormat.read(fields, new WorldScope(world));
  }

  /**
   * An operation.
   *
   * @param operation the fields from {@code op} on
   */
  public static Operation operation(ObjectNode operation, World world) throws BadTrace {
    return OperationFormat.read(fields(operation), new WorldScope(world), List.of("op"));
  }

  /** The answer to an event. */
  public static ObjectNode answer(Response response) {
    return withoutRecord(ResponseFormat.json(0, response));
  }

  /** The answer to an operation of the host. */
  public static ObjectNode answer(HostResponse response) {
    return withoutRecord(HostResponseFormat.json(0, response));
  }

  /** The answer to an operation that a whole machine performs. */
  public static ObjectNode answer(Observation observation) {
    return withoutRecord(ObservationFormat.json(0, observation));
  }

  private static ObjectNode withoutRecord(ObjectNode json) {
    json.remove("record");
    return json;
  }
}
