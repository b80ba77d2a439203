package io.vtlb.conformance.bench;

import io.vtlb.conformance.bench.TargetSpeed.Rates;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The speeds of targets as one JSON document; its keys are public. */
public final class TargetsJson {

  private TargetsJson() {}

  public static ObjectNode of(TargetsPlan plan, List<TargetSpeed> speeds) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("benchmark", "targets");
    json.put("mode", plan.modes().word());
    json.put("sequences", plan.sequences());
    json.put("length", plan.length());
    json.put("seed", plan.seed());
    json.put("rounds", plan.rounds());
    ArrayNode targets = json.putArray("targets");
    for (TargetSpeed speed : speeds) {
      ObjectNode target = targets.addObject().put("target", speed.target());
      put(target, speed.own());
      put(target.putObject("inProcess"), speed.inProcess());
    }
    return json;
  }

  private static void put(ObjectNode json, Rates rates) {
    json.put("events", rates.judged().rounds().getFirst().operations());
    json.put("judgedPerSecond", Math.round(rates.judged().operationsPerSecond()));
    json.put("medianJudgedPerSecond", Math.round(rates.judged().medianOperationsPerSecond()));
    json.put("answeredPerSecond", Math.round(rates.answered().operationsPerSecond()));
    json.put("medianAnsweredPerSecond", Math.round(rates.answered().medianOperationsPerSecond()));
  }
}
