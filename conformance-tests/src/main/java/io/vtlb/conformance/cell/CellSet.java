package io.vtlb.conformance.cell;

import io.vtlb.specs.cell.Cell;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntConsumer;

/** Cells that events fell into; it only grows. */
public final class CellSet {

  /** As large as it can get, since it would grow several times in each run. */
  private final BitSet numbers = new BitSet(Cell.COUNT);

  /** Adds one cell. */
  public void add(Cell cell) {
    numbers.set(cell.number());
  }

  /** Adds all cells of another set. */
  public void add(CellSet more) {
    numbers.or(more.numbers);
  }

  public boolean contains(Cell cell) {
    return numbers.get(cell.number());
  }

  public int size() {
    return numbers.cardinality();
  }

  /** Names the number of each cell, ascending. */
  public void forEachNumber(IntConsumer consumer) {
    numbers.stream().forEach(consumer);
  }

  /** The cells, in their order. */
  public List<Cell> cells() {
    return numbers.stream().mapToObj(Cell::of).toList();
  }
}
