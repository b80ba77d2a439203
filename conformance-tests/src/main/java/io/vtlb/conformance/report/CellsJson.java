package io.vtlb.conformance.report;

import io.vtlb.conformance.cell.CellCoverage;
import io.vtlb.conformance.verify.Verification;
import io.vtlb.specs.cell.Cell;
import io.vtlb.specs.cell.CellTable;
import io.vtlb.specs.cell.EventKind;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The cells that a run reached and missed as JSON; its keys are public. */
final class CellsJson {

  private CellsJson() {}

  static ObjectNode of(Verification run, CellTable known) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("measured", CellsText.areMeasured(run));
    if (!CellsText.areMeasured(run)) {
      return json.put("reason", CellsText.whyNotMeasured(run));
    }
    CellCoverage coverage = new CellCoverage(run.cells(), known);
    put(json, coverage.all());
    json.put("excluded", known.excluded());
    json.put("unreachable", known.unreached());
    json.put("bound", known.bound());
    ObjectNode events = json.putObject("byEvent");
    for (EventKind event : EventKind.values()) {
      put(events.putObject(event.word()), coverage.of(event));
    }
    words(json.putArray("missedCells"), coverage.missed());
    words(json.putArray("beyondCells"), coverage.beyond());
    return json;
  }

  private static void put(ObjectNode json, CellCoverage.Counts counts) {
    json.put("reachable", counts.reachable());
    json.put("reached", counts.reached());
    json.put("missed", counts.missed());
    json.put("beyond", counts.beyond());
  }

  private static void words(ArrayNode json, List<Cell> cells) {
    cells.forEach(cell -> json.add(cell.word()));
  }
}
