package io.vtlb.conformance.cell;

import io.vtlb.specs.cell.Cell;
import io.vtlb.specs.cell.CellTable;
import io.vtlb.specs.cell.EventKind;
import java.util.List;

/**
 * The cells that a run reached, beside all that are known.
 *
 * @param reached the run's cells
 * @param table what is known of all cells
 */
public record CellCoverage(CellSet reached, CellTable table) {

  /**
   * How many cells of some kind there are.
   *
   * @param reached the reachable ones that the run reached
   * @param missed the reachable ones that it did not reach
   * @param beyond those that it reached although no sequence of a small world is known to
   */
  public record Counts(int reached, int missed, int beyond) {

    /** How many are reachable. */
    public int reachable() {
      return reached + missed;
    }

    private static Counts of(List<Cell> missed, List<Cell> beyond, int reachable) {
      return new Counts(reachable - missed.size(), missed.size(), beyond.size());
    }
  }

  /** The counts over all events. */
  public Counts all() {
    return Counts.of(missed(), beyond(), table.reachable().size());
  }

  /** The counts of one kind of event. */
  public Counts of(EventKind event) {
    return Counts.of(
        of(event, missed()), of(event, beyond()), of(event, List.copyOf(table.reachable())).size());
  }

  private static List<Cell> of(EventKind event, List<Cell> cells) {
    return cells.stream().filter(cell -> cell.event() == event).toList();
  }

  /** The reachable cells that the run did not reach, in order. */
  public List<Cell> missed() {
    return table.reachable().stream().filter(cell -> !reached.contains(cell)).sorted().toList();
  }

  /** The cells that the run reached and no small world is known to, in order. */
  public List<Cell> beyond() {
    return reached.cells().stream().filter(cell -> !table.reachable().contains(cell)).toList();
  }
}
