package io.vtlb.specs.cell;

import java.util.Set;

/**
 * What is known of all cells.
 *
 * @param reachable those that some event sequence of a small world leads into
 * @param excluded how many no event in any state of a small world falls into
 * @param bound up to how many operations of a small world there is no sequence into the others
 */
public record CellTable(Set<Cell> reachable, int excluded, int bound) {

  public CellTable {
    reachable = Set.copyOf(reachable);
  }

  /** How many cells no sequence of at most {@link #bound} operations leads into. */
  public int unreached() {
    return Cell.COUNT - excluded - reachable.size();
  }
}
