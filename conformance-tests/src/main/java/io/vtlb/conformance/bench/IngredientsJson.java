package io.vtlb.conformance.bench;

import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What ingredients are worth as one JSON document; its keys are public. */
public final class IngredientsJson {

  private IngredientsJson() {}

  public static ObjectNode of(IngredientPlan plan, List<IngredientTrial> trials) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("benchmark", "ingredients");
    json.put("runs", plan.runs());
    json.put("seed", plan.seed());
    json.put("sequences", plan.sequences());
    json.put("length", plan.length());
    ArrayNode list = json.putArray("trials");
    trials.forEach(trial -> list.add(json(trial)));
    return json;
  }

  private static ObjectNode json(IngredientTrial trial) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("ingredient", trial.pair().ingredient().word());
    json.put("fault", trial.pair().fault().name());
    json.put("offered", trial.offered());
    json.set("with", json(trial.with()));
    if (trial.offered()) {
      json.set("without", json(trial.without()));
      trial.alone().ifPresent(alone -> json.set("only", json(alone)));
    }
    return json;
  }

  private static ObjectNode json(Finds finds) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("found", finds.found());
    json.put("share", finds.share());
    if (finds.median() != FaultSearch.NEVER) {
      json.put("medianSequences", finds.median());
    }
    return json;
  }
}
