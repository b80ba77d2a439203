package io.vtlb.conformance.report;

import io.vtlb.conformance.verify.BlindSpot;
import io.vtlb.conformance.verify.RuleVerdict;
import io.vtlb.conformance.verify.Verdict;
import io.vtlb.conformance.verify.Verification;
import io.vtlb.specs.cell.CellTable;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The outcome of {@code coverage} as JSON; its keys are public. */
public final class CoverageReport {

  private CoverageReport() {}

  /** An array with one object for each target. */
  public static ArrayNode json(List<Verification> runs, CellTable cells) {
    ArrayNode json = JsonNodeFactory.instance.arrayNode();
    runs.forEach(run -> json.add(json(run, cells)));
    return json;
  }

  private static ObjectNode json(Verification run, CellTable cells) {
    Verdict verdict = Verdict.of(run);
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("target", run.plan().target().name());
    json.put("verdict", verdict.kind().id());
    json.put("mode", run.plan().modes().word());
    json.put("seed", run.plan().seed());
    json.put("sequences", run.sequences());
    json.put("operations", run.operations());
    ObjectNode rules = json.putObject("exercised");
    for (RuleVerdict rule : verdict.rules()) {
      if (rule.kind() != RuleVerdict.Kind.SKIPPED) {
        rules.put(rule.rule().id(), rule.exercised());
      }
    }
    json.set("coverage", CoverageJson.of(run, cells));
    ArrayNode spots = json.putArray("blindSpots");
    for (BlindSpot spot : BlindSpot.of(run, verdict)) {
      spots
          .addObject()
          .put("rule", spot.rule().id())
          .put("ingredient", spot.ingredient().word())
          .put("sequences", spot.sequences());
    }
    return json;
  }
}
