package io.vtlb.conformance.report;

import io.vtlb.conformance.cell.CellCoverage;
import io.vtlb.conformance.verify.Verification;
import io.vtlb.model.target.ObservationLevel;
import io.vtlb.specs.cell.CellTable;
import io.vtlb.specs.cell.EventKind;

/** The cells that a run reached and missed, by event, as text. */
final class CellsText {

  private CellsText() {}

  static String of(Verification run, CellTable known) {
    if (!areMeasured(run)) {
      return "%ncells: %s%n".formatted(whyNotMeasured(run));
    }
    CellCoverage coverage = new CellCoverage(run.cells(), known);
    Table table = new Table("lrrrr");
    table.row("cells of", "reachable", "reached", "missed", "beyond");
    for (EventKind event : EventKind.values()) {
      row(table, event.word(), coverage.of(event));
    }
    row(table, "all", coverage.all());
    return "%n%s%s".formatted(table, legend(known));
  }

  private static void row(Table table, String name, CellCoverage.Counts counts) {
    table.row(name, counts.reachable(), counts.reached(), counts.missed(), counts.beyond());
  }

  private static String legend(CellTable known) {
    return """
    in the small worlds %1$d cells are excluded by the definitions, %3$d proved unreachable by at most %2$d operations
    reachable: with a target that serves and declares all that the small worlds have; what this one does not, it misses
    beyond: reached, but by no sequence of a small world (several virtual CPUs, hosts, other designs)
    """
        .formatted(known.excluded(), known.bound(), known.unreached());
  }

  /** Cells are about events and active entries. */
  static boolean areMeasured(Verification run) {
    return run.plan().target().description().level().shows(ObservationLevel.ACTIVE_STRUCTURE);
  }

  static String whyNotMeasured(Verification run) {
    return "not measured: needs level %d; the target shows level %d"
        .formatted(
            ObservationLevel.ACTIVE_STRUCTURE.number(),
            run.plan().target().description().level().number());
  }
}
