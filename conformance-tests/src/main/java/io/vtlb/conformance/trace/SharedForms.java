package io.vtlb.conformance.trace;

import io.vtlb.model.event.Event;
import io.vtlb.model.event.HostResponse;
import io.vtlb.model.event.Response;
import io.vtlb.model.operation.Observation;
import io.vtlb.model.operation.Operation;
import io.vtlb.model.target.VmBlueprint;
import io.vtlb.model.trace.Machine;
import java.util.Collection;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The forms of the trace format that the target protocol has in common with it. */
public final class SharedForms {

  private SharedForms() {}

  /** An object whose fields are written in the order of putting. */
  public static ObjectNode object() {
    return Json.object();
  }

  /** One line of printable ASCII. */
  public static String line(JsonNode json) {
    return Json.text(json);
  }

  /** A text as a message shows it: quoted, in ASCII, and not too long. */
  public static String shown(String text) {
    return Json.shown(text);
  }

  /**
   * The fields of a line that must be one JSON object.
   *
   * @param place where it stands, for messages
   */
  public static Fields fields(Place place, String line) throws BadTrace {
    return Json.parse(new TraceLines.Line(place, line, true));
  }

  /** Puts the fields {@code profile}, {@code vcpus} and {@code hostMap} of a machine. */
  public static void put(ObjectNode json, VmBlueprint machine) {
    ProfileFormat.put(json.putObject("profile"), machine.profile());
    ArrayNode vcpus = json.putArray("vcpus");
    machine.vcpus().forEach(state -> VcpuStateFormat.put(vcpus.addObject(), state));
    HostMapFormat.put(json, machine.hostMap());
  }

  /** Puts the field {@code words}: what words of guest memory hold. */
  public static void put(ObjectNode json, Collection<Machine.Word> words) {
    MachineFormat.putWords(json, words);
  }

  /** Puts the fields of an event. */
  public static void put(ObjectNode json, Event event) {
    EventFormat.put(json, event);
  }

  /** Puts the fields of an operation. */
  public static void put(ObjectNode json, Operation operation) {
    OperationFormat.put(json, operation);
  }

  /** Puts the fields of a response. */
  public static void put(ObjectNode json, Response response) {
    ResponseFormat.put(json, response);
  }

  /** Puts the fields of a host response. */
  public static void put(ObjectNode json, HostResponse response) {
    HostResponseFormat.put(json, response);
  }

  /** Puts the fields of an observation. */
  public static void put(ObjectNode json, Observation observation) {
    ObservationFormat.put(json, observation);
  }

  /**
   * The response in the fields of an answer.
   *
   * @param shared the fields that an answer may have beside those of its action; {@code drops} may
   *     be missing
   */
  public static Response response(Fields fields, List<String> shared) throws BadTrace {
    fields.supplyNone("drops");
    return ResponseFormat.read(fields, shared);
  }

  /** The host response in fields whose names have been checked. */
  public static HostResponse hostResponse(Fields fields) throws BadTrace {
    fields.supplyNone("drops");
    fields.supplyNone("dirtyFrames");
    return HostResponseFormat.readFields(fields);
  }

  /**
   * The observation in the fields of an answer.
   *
   * @param shared the fields that an answer may have beside those of the observation
   */
  public static Observation observation(Fields fields, List<String> shared) throws BadTrace {
    return ObservationFormat.read(fields, shared);
  }
}
