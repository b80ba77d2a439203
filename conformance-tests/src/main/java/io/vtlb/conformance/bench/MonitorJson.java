package io.vtlb.conformance.bench;

import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The speeds of the monitor as one JSON document; its keys are public. */
public final class MonitorJson {

  private MonitorJson() {}

  public static ObjectNode of(MonitorSpeeds speeds) {
    MonitorPlan plan = speeds.plan();
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("benchmark", "monitor");
    json.put("mode", plan.modes().word());
    json.put("sequences", plan.sequences());
    json.put("length", plan.length());
    json.put("seed", plan.seed());
    json.put("rounds", plan.rounds());
    Speed judging = speeds.judging();
    json.put("operationsPerSecond", Math.round(judging.operationsPerSecond()));
    json.put("medianOperationsPerSecond", Math.round(judging.medianOperationsPerSecond()));
    json.put("cpuOperationsPerSecond", Math.round(judging.cpuOperationsPerSecond()));
    json.put(
        "generatingOperationsPerSecond", Math.round(speeds.generating().operationsPerSecond()));
    speeds.chains().ifPresent(chains -> compare(speeds, chains, json));
    return json;
  }

  private static void compare(MonitorSpeeds speeds, Speed chains, ObjectNode json) {
    json.put("jqwikChains", speeds.plan().chains());
    json.put("jqwikOperationsPerSecond", rounded(chains.operationsPerSecond()));
    json.put("jqwikMedianOperationsPerSecond", rounded(chains.medianOperationsPerSecond()));
    json.put("jqwikCpuOperationsPerSecond", rounded(chains.cpuOperationsPerSecond()));
    json.put(
        "ratio", rounded(speeds.judging().operationsPerSecond() / chains.operationsPerSecond()));
    json.put(
        "cpuRatio",
        rounded(speeds.judging().cpuOperationsPerSecond() / chains.cpuOperationsPerSecond()));
    json.put(
        "generatingRatio",
        rounded(speeds.generating().operationsPerSecond() / chains.operationsPerSecond()));
  }

  /** To one digit after the point. */
  private static double rounded(double value) {
    return Math.round(value * 10) / 10.0;
  }
}
