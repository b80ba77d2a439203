package io.vtlb.conformance.report;

import io.vtlb.conformance.generate.Ingredient;
import io.vtlb.conformance.verify.Coverage;
import io.vtlb.conformance.verify.Verification;
import io.vtlb.model.rule.Rule;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** How often rules were exercised, by ingredient, as JSON; its keys are public. */
final class CoverageJson {

  private CoverageJson() {}

  /** How many sequences had which ingredient, and how often each rule was exercised in them. */
  static ObjectNode of(Verification run) {
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
    return json;
  }
}
