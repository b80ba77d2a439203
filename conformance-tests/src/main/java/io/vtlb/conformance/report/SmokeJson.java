package io.vtlb.conformance.report;

import io.vtlb.conformance.run.Misbehaviour;
import io.vtlb.conformance.smoke.Reason;
import io.vtlb.conformance.smoke.Row;
import io.vtlb.conformance.smoke.Row.Shortfall;
import io.vtlb.conformance.smoke.Said;
import io.vtlb.conformance.smoke.Tried;
import io.vtlb.model.monitor.Violation;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What came of each message of a target, for programs. */
public final class SmokeJson {

  private SmokeJson() {}

  /** The whole document. */
  public static ObjectNode of(Tried tried) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("target", tried.target());
    json.put("works", tried.firstFailure().isEmpty());
    tried.description().ifPresent(description -> json.put("level", description.level().number()));
    ArrayNode messages = json.putArray("messages");
    tried.rows().forEach(row -> put(messages.addObject(), row));
    return json;
  }

  private static void put(ObjectNode json, Row row) {
    json.put("message", row.message())
        .put("call", row.call())
        .put("about", row.about())
        .put("result", row.result().id())
        .put("note", row.note());
    row.shortfall().ifPresent(shortfall -> put(json.putObject("shortfall"), shortfall));
  }

  private static void put(ObjectNode json, Shortfall shortfall) {
    json.put("at", shortfall.at());
    switch (shortfall.reason()) {
      case Reason.Failed(Misbehaviour misbehaviour) ->
          json.put("family", misbehaviour.kind().family().id())
              .put("kind", misbehaviour.kind().id())
              .put("detail", misbehaviour.detail())
              .put("told", misbehaviour.told())
              .put("lastWords", misbehaviour.lastWords());
      case Reason.Broke(Violation violation) ->
          json.put("rule", violation.rule().id()).put("told", violation.reason());
    }
    ArrayNode said = json.putArray("said");
    shortfall.said().forEach(line -> put(said.addObject(), line));
    json.put("expected", shortfall.expected()).put("form", shortfall.form());
    ArrayNode example = json.putArray("example");
    shortfall.example().forEach(example::add);
    json.put("see", shortfall.place());
  }

  private static void put(ObjectNode json, Said said) {
    json.put("by", said.byTarget() ? "target" : "kit").put("text", said.text());
  }
}
