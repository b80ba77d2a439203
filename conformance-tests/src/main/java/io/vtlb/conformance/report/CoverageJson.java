package io.vtlb.conformance.report;

import io.vtlb.conformance.generate.Ingredient;
import io.vtlb.conformance.verify.Coverage;
import io.vtlb.conformance.verify.Verification;
import io.vtlb.model.rule.Rule;
import io.vtlb.specs.cell.CellTable;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * How often rules were exercised, by ingredient, and which cells were reached, as JSON; its keys
 * are public.
 */
final class CoverageJson {

  private CoverageJson() {}

  /**
   * How many sequences had which ingredient, how often each rule was exercised in them, and the
   * cells of all.
   */
  static ObjectNode of(Verification run, CellTable cells) {
    Coverage coverage = run.coverage();
    List<Ingredient> offered = run.plan().offered();
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ObjectNode sequences = json.putObject("sequences");
    sequences.put("plain", coverage.plainSequences());
    offered.forEach(one -> sequences.put(one.word(), coverage.sequences(one)));
    ArrayNode rules = json.putArray("rules");
    for (Rule rule : Rule.values()) {
      ObjectNode counts = rules.addObject();
      counts.put("id", rule.id());
      counts.put("plain", coverage.plainExercised(rule));
      offered.forEach(one -> counts.put(one.word(), coverage.exercised(rule, one)));
    }
    json.set("cells", CellsJson.of(run, cells));
    return json;
  }
}
