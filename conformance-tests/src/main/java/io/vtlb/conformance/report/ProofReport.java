package io.vtlb.conformance.report;

import io.vtlb.specs.proof.Result;
import io.vtlb.specs.proof.Verdict;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What was found about each theorem, as text and as JSON. */
public final class ProofReport {

  private ProofReport() {}

  /** A table, then each case in which a theorem does not hold, then the sum. */
  public static String text(List<Result> results) {
    Table table = new Table("llr");
    table.row("theorem", "result", "millis");
    StringBuilder more = new StringBuilder();
    for (Result result : results) {
      table.row(
          result.theorem().name(),
          result.verdict().word() + (result.remembered() ? " before" : ""),
          result.millis());
      more.append(
          switch (result.verdict()) {
            case Verdict.Proved() -> "";
            case Verdict.Unknown(String reason) ->
                "\nunknown: %s: %s\n".formatted(result.theorem().name(), reason);
            case Verdict.Refuted(List<String> values) ->
                "\nrefuted: %s\n  %s\n  does not hold here:\n%s"
                    .formatted(result.theorem().name(), result.theorem().says(), indented(values));
          });
    }
    long proved =
        results.stream().filter(result -> result.verdict() instanceof Verdict.Proved).count();
    return table + "" + more + "\nproved: %d of %d theorems\n".formatted(proved, results.size());
  }

  private static String indented(List<String> values) {
    StringBuilder text = new StringBuilder();
    values.forEach(value -> text.append("    ").append(value).append('\n'));
    return text.toString();
  }

  /** An array, one theorem an object; its keys are public. */
  public static ArrayNode json(List<Result> results) {
    ArrayNode json = JsonNodeFactory.instance.arrayNode();
    for (Result result : results) {
      ObjectNode one = json.addObject();
      one.put("theorem", result.theorem().name());
      one.put("rule", result.theorem().rule().id());
      one.put("result", result.verdict().word());
      one.put("millis", result.millis());
      switch (result.verdict()) {
        case Verdict.Proved() -> {}
        case Verdict.Unknown(String reason) -> one.put("reason", reason);
        case Verdict.Refuted(List<String> values) -> values.forEach(one.putArray("values")::add);
      }
    }
    return json;
  }
}
