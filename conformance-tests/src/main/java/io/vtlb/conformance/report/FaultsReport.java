package io.vtlb.conformance.report;

import io.vtlb.conformance.fault.SmallWorldScope;
import io.vtlb.conformance.verify.FaultTrial;
import io.vtlb.model.rule.Rule;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What became of the faults, as text and as JSON. */
public final class FaultsReport {

  private FaultsReport() {}

  /** A table, one fault a row, and a line that sums it up. */
  public static String text(List<FaultTrial> trials) {
    Table table = new Table("llllrrrl");
    table.row(
        "fault", "design", "caught", "blamed", "sequences", "operations", "millis", "modelled on");
    for (FaultTrial trial : trials) {
      table.row(
          trial.fault().name(),
          trial.fault().design(),
          trial.caught() ? "yes" : "NO",
          blamed(trial),
          trial.sequences(),
          trial.operations(),
          trial.millis(),
          trial.fault().modelledOn());
    }
    long right = trials.stream().filter(FaultTrial::blamedRightly).count();
    return table
        + "\n%d of %d faults caught with the blame expected; median %,d ms to a verdict, longest %,d ms%n"
            .formatted(right, trials.size(), median(trials), longest(trials));
  }

  private static long median(List<FaultTrial> trials) {
    long[] millis = trials.stream().mapToLong(FaultTrial::millis).sorted().toArray();
    return millis.length == 0 ? 0 : millis[millis.length / 2];
  }

  private static long longest(List<FaultTrial> trials) {
    return trials.stream().mapToLong(FaultTrial::millis).max().orElse(0);
  }

  private static String blamed(FaultTrial trial) {
    String blamed = trial.blamed().map(Rule::id).orElse("-");
    return trial.blamedRightly() ? blamed : blamed + " (expected " + trial.fault().blamed() + ")";
  }

  /** An array, one fault an object; its keys are public. */
  public static ArrayNode json(List<FaultTrial> trials) {
    ArrayNode json = JsonNodeFactory.instance.arrayNode();
    for (FaultTrial trial : trials) {
      ObjectNode one = json.addObject();
      one.put("name", trial.fault().name());
      one.put("design", trial.fault().design());
      trial.fault().defectClass().ifPresent(kind -> one.put("defectClass", kind.number()));
      one.put("modelledOn", trial.fault().modelledOn());
      one.put("caught", trial.caught());
      one.put("rule", trial.blamed().map(Rule::id).orElse(null));
      one.put("expected", trial.fault().blamed().id());
      one.put("outsideSmallWorlds", SmallWorldScope.whyOutside(trial.fault()).orElse(null));
      one.put("sequences", trial.sequences());
      one.put("operations", trial.operations());
      one.put("millis", trial.millis());
    }
    return json;
  }
}
