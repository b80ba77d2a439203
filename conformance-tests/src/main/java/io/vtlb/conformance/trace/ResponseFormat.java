package io.vtlb.conformance.trace;

import io.vtlb.model.event.EventCause;
import io.vtlb.model.event.Report;
import io.vtlb.model.event.Response;
import io.vtlb.model.event.Response.Action;
import io.vtlb.model.event.Response.Action.DeviceAccess;
import io.vtlb.model.event.Response.Action.InjectPageFault;
import io.vtlb.model.event.Response.Action.Resume;
import io.vtlb.model.event.Response.Action.StoreEmulated;
import io.vtlb.model.event.ResyncKind;
import io.vtlb.model.machine.FaultCode;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * The record {@code response}: how the target answered an event.
 *
 * <p>It is kept as the target gave it, be it nonsense: whether an address or a virtual CPU in it
 * makes sense is for the monitor to judge.
 */
final class ResponseFormat {

  private static final List<String> SHARED = List.of("record", "n", "action", "drops", "report");

  private ResponseFormat() {}

  /** The field {@code action}. */
  private enum Kind {
    RESUME,
    INJECT_PAGE_FAULT,
    STORE_EMULATED,
    DEVICE_ACCESS
  }

  static ObjectNode json(int n, Response response) {
    ObjectNode json = Json.object();
    json.put("record", "response");
    json.put("n", n);
    put(json, response);
    return json;
  }

  /** The fields from {@code action} on. */
  static void put(ObjectNode json, Response response) {
    put(json, response.action());
    DropsFormat.put(json, response.drops());
    response.report().ifPresent(report -> put(json.putObject("report"), report));
  }

  static Response read(Fields fields) throws BadTrace {
    return read(fields, SHARED);
  }

  /**
   * Reads a response, be it a record or an answer.
   *
   * @param shared the fields that any action may have
   */
  static Response read(Fields fields, List<String> shared) throws BadTrace {
    Action action = action(fields, shared);
    return new Response(
        action,
        DropsFormat.read(fields),
        fields.has("report") ? Optional.of(report(fields.object("report"))) : Optional.empty());
  }

  private static void put(ObjectNode json, Action action) {
    switch (action) {
      case Resume() -> json.put("action", Words.of(Kind.RESUME));
      case InjectPageFault(FaultCode code, long address) ->
          json.put("action", Words.of(Kind.INJECT_PAGE_FAULT))
              .put("code", FaultCodeFormat.text(code))
              .put("address", Hex.of(address));
      case StoreEmulated() -> json.put("action", Words.of(Kind.STORE_EMULATED));
      case DeviceAccess() -> json.put("action", Words.of(Kind.DEVICE_ACCESS));
    }
  }

  private static Action action(Fields fields, List<String> shared) throws BadTrace {
    Kind kind = fields.word("action", Kind.class);
    if (kind == Kind.INJECT_PAGE_FAULT) {
      fields.only(Words.of(kind), shared, "code", "address");
    } else {
      fields.only(Words.of(kind), shared);
    }
    return switch (kind) {
      case RESUME -> new Resume();
      case INJECT_PAGE_FAULT ->
          new InjectPageFault(FaultCodeFormat.read(fields, "code"), fields.hex("address"));
      case STORE_EMULATED -> new StoreEmulated();
      case DEVICE_ACCESS -> new DeviceAccess();
    };
  }

  private static void put(ObjectNode json, Report report) {
    json.put("cause", Words.of(report.cause()));
    json.put("resync", Words.of(report.resync()));
  }

  private static Report report(Fields fields) throws BadTrace {
    fields.only("a report", "cause", "resync");
    return new Report(
        fields.word("cause", EventCause.class), fields.word("resync", ResyncKind.class));
  }
}
