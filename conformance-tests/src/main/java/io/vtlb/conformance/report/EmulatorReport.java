package io.vtlb.conformance.report;

import io.vtlb.conformance.emulator.comparison.ComparisonReport;
import io.vtlb.conformance.emulator.comparison.Deviation;
import io.vtlb.conformance.emulator.comparison.KnownDeviation;
import io.vtlb.conformance.emulator.comparison.Tally;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The model beside an emulator, as text and as JSON. */
public final class EmulatorReport {

  /** How many deviations are shown in full. */
  private static final int SHOWN = 10;

  private EmulatorReport() {}

  /** A table, one mode a row, the ledger as far as it was needed, deviations, and a verdict. */
  public static String text(ComparisonReport report) {
    StringBuilder text = new StringBuilder();
    text.append("emulator %s, seed %d\n\n".formatted(report.emulator(), report.seed()));
    Table modes = new Table("lrrrr");
    modes.row("mode", "probes", "agree", "known", "deviations");
    for (Tally tally : report.modes()) {
      modes.row(
          tally.mode().name(),
          tally.probes(),
          tally.agreeing(),
          tally.explained(),
          tally.deviations());
    }
    text.append(modes).append(ledger(report)).append('\n');
    for (Deviation deviation : shown(report)) {
      text.append(DeviationText.of(deviation)).append('\n');
    }
    return text.append(verdict(report)).append('\n').toString();
  }

  private static String ledger(ComparisonReport report) {
    Map<KnownDeviation, Long> known = report.known();
    StringBuilder text = new StringBuilder();
    if (!known.isEmpty()) {
      Table table = new Table("rll");
      known.forEach((entry, count) -> table.row(count, entry.id(), entry.emulator()));
      text.append("\nknown deviations of the emulator (docs/emulator.md):\n").append(table);
    }
    for (KnownDeviation unseen : report.unseen()) {
      text.append("not seen in this run: %s; a mended emulator?\n".formatted(unseen.id()));
    }
    return text.toString();
  }

  private static List<Deviation> shown(ComparisonReport report) {
    List<Deviation> all = report.deviations();
    return all.subList(0, Math.min(SHOWN, all.size()));
  }

  private static String verdict(ComparisonReport report) {
    return report.deviating() == 0
        ? "agrees: %d probes, %d of them as the ledger says"
            .formatted(report.probes(), report.explained())
        : "deviates: %d of %d probes; %d of them are shown"
            .formatted(report.deviating(), report.probes(), shown(report).size());
  }

  /** One object; its keys are public. */
  public static ObjectNode json(ComparisonReport report) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("emulator", report.emulator());
    json.put("seed", report.seed());
    json.put("probes", report.probes());
    json.put("agree", report.agreeing());
    putKnown(json, report.known());
    ArrayNode deviations = json.putArray("deviations");
    shown(report).forEach(deviation -> deviations.add(json(deviation)));
    json.put("deviating", report.deviating());
    ArrayNode unseen = json.putArray("unseen");
    report.unseen().forEach(entry -> unseen.add(entry.id()));
    ArrayNode modes = json.putArray("modes");
    for (Tally tally : report.modes()) {
      ObjectNode mode = modes.addObject();
      mode.put("mode", tally.mode().name());
      mode.put("probes", tally.probes());
      mode.put("agree", tally.agreeing());
      putKnown(mode, tally.known());
      mode.put("deviating", tally.deviations());
    }
    return json;
  }

  private static void putKnown(ObjectNode json, Map<KnownDeviation, Long> known) {
    ObjectNode counts = json.putObject("known");
    known.forEach((entry, count) -> counts.put(entry.id(), count));
  }

  private static ObjectNode json(Deviation deviation) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("mode", deviation.mode().name());
    json.put("number", deviation.number());
    json.put("state", DeviationText.state(deviation.situation()));
    json.put("access", DeviationText.access(deviation.situation()));
    json.put("model", DeviationText.admitted(deviation.admitted()));
    json.put("emulator", DeviationText.seen(deviation.result()));
    ArrayNode memory = json.putArray("memory");
    DeviationText.memory(deviation).forEach(memory::add);
    return json;
  }
}
