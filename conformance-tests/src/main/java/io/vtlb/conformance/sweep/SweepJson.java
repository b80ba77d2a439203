package io.vtlb.conformance.sweep;

import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A sweep as one JSON document; its keys are public. */
public final class SweepJson {

  private SweepJson() {}

  public static ObjectNode of(SweepReport report) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("verdict", report.agrees() ? "agrees" : "disagrees");
    json.put("combinations", sum(report));
    json.put("compared", report.compared());
    ArrayNode modes = json.putArray("modes");
    report.modes().forEach(result -> mode(result, modes.addObject()));
    lemma(report, json.putObject("lemma"));
    witness(report.witness(), json.putObject("emulator"));
    timings(report, json.putObject("timings"));
    return json;
  }

  private static long sum(SweepReport report) {
    return report.modes().stream().mapToLong(result -> result.mode().combinations()).sum();
  }

  private static void mode(SweepReport.ModeResult result, ObjectNode json) {
    json.put("mode", result.mode().name());
    json.put("combinations", result.mode().combinations());
    ArrayNode sections = json.putArray("sections");
    for (Section section : Section.values()) {
      if (result.mode().combinations(section) > 0) {
        ObjectNode one = sections.addObject();
        one.put("section", section.title());
        one.put("combinations", result.mode().combinations(section));
      }
    }
    json.put("compared", result.tally().compared());
    json.put("disagreements", result.tally().disagreements());
    ArrayNode shown = json.putArray("shown");
    result.shown().forEach(one -> disagreement(one, shown.addObject()));
  }

  private static void disagreement(Disagreement one, ObjectNode json) {
    json.put("number", one.number());
    json.put("section", one.section().title());
    strings(one.entries(), json.putArray("entries"));
    json.put("control", one.control());
    json.put("access", one.access());
    outcome(one.model(), json.putObject("model"));
    outcome(one.formulation(), json.putObject("formulation"));
  }

  private static void outcome(Outcome outcome, ObjectNode json) {
    json.put("access", outcome.access());
    json.put("found", outcome.found());
  }

  private static void lemma(SweepReport report, ObjectNode json) {
    json.put("walks", report.lemma().stream().mapToLong(UpperLevels.Result::combinations).sum());
    json.put(
        "disagreements",
        report.lemma().stream().mapToLong(UpperLevels.Result::disagreements).sum());
    ArrayNode modes = json.putArray("modes");
    for (UpperLevels.Result result : report.lemma()) {
      ObjectNode mode = modes.addObject();
      mode.put("mode", result.mode());
      mode.put("upperLevels", result.upperLevels());
      mode.put("walks", result.combinations());
      mode.put("disagreements", result.disagreements());
      strings(result.shown(), mode.putArray("shown"));
    }
  }

  private static void witness(WitnessResult result, ObjectNode json) {
    json.put("available", result.witness().isPresent());
    json.put("name", result.witness().orElse(null));
    json.put("reason", result.witness().isPresent() ? null : result.absence());
    json.put("sampled", result.sampled());
    json.put("compared", result.compared());
    json.put("disagreements", result.disagreements());
    ObjectNode declined = json.putObject("declined");
    result.declined().forEach(declined::put);
    ObjectNode explained = json.putObject("known");
    result.explained().forEach(explained::put);
    strings(result.shown(), json.putArray("shown"));
  }

  /** What differs from run to run, the part that an earlier run has done included. */
  private static void timings(SweepReport report, ObjectNode json) {
    double all = 0;
    long swept = 0;
    ArrayNode modes = json.putArray("modes");
    for (SweepReport.ModeResult result : report.modes()) {
      ObjectNode mode = modes.addObject();
      mode.put("mode", result.mode().name());
      mode.put("seconds", SweepText.seconds(result.time()));
      mode.put("resumed", result.resumed());
      all += SweepText.seconds(result.time());
      swept += result.tally().compared() - result.resumed();
    }
    json.put("lemmaSeconds", SweepText.seconds(report.lemmaTime()));
    json.put("perSecond", perSecond(swept, all));
  }

  private static long perSecond(long swept, double seconds) {
    return seconds == 0 ? 0 : Math.round(swept / seconds);
  }

  private static void strings(List<String> from, ArrayNode to) {
    from.forEach(to::add);
  }
}
