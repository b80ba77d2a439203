package io.vtlb.implementation;

import java.util.Arrays;

/**
 * A map from small non-negative numbers to slots, without boxing.
 *
 * <p>Open addressing with linear probing in one array: a cell is zero if free, else the key in bits
 * 63:32 and the slot plus one in bits 31:0. At most half of the cells are in use. A removal moves
 * later cells of its run back instead of leaving a marker, so that lookups do not slow down as
 * entries come and go.
 */
final class PageIndex {

  /** What {@link #slot} answers for a key that is not there. */
  static final int ABSENT = -1;

  private static final int INITIAL_BITS = 5;

  private long[] cells = new long[1 << INITIAL_BITS];
  private int shift = Integer.SIZE - INITIAL_BITS;
  private int size;

  /** The slot of a key, or {@link #ABSENT}. */
  int slot(int key) {
    return (int) cells[cell(key)] - 1;
  }

  /** Gives a key a slot, in place of the one that it has. */
  void put(int key, int slot) {
    int cell = cell(key);
    if (cells[cell] == 0) {
      size++;
    }
    cells[cell] = (long) key << Integer.SIZE | (slot + 1);
    if (size * 2 > cells.length) {
      grow();
    }
  }

  /** Removes a key, if it is there. */
  void remove(int key) {
    int hole = cell(key);
    if (cells[hole] == 0) {
      return;
    }
    size--;
    for (int cell = next(hole); cells[cell] != 0; cell = next(cell)) {
      if (distance(home(keyOf(cells[cell])), cell) >= distance(hole, cell)) {
        cells[hole] = cells[cell];
        hole = cell;
      }
    }
    cells[hole] = 0;
  }

  /** The cell that holds a key, or the free one that ends the search for it. */
  private int cell(int key) {
    int cell = home(key);
    while (cells[cell] != 0 && keyOf(cells[cell]) != key) {
      cell = next(cell);
    }
    return cell;
  }

  private void grow() {
    long[] old = cells;
    cells = new long[old.length * 2];
    shift--;
    Arrays.stream(old).filter(cell -> cell != 0).forEach(cell -> cells[cell(keyOf(cell))] = cell);
  }

  private int home(int key) {
    return (key * 0x9E3779B9) >>> shift;
  }

  private int next(int cell) {
    return (cell + 1) & (cells.length - 1);
  }

  private int distance(int from, int to) {
    return (to - from) & (cells.length - 1);
  }

  private static int keyOf(long cell) {
    return (int) (cell >>> Integer.SIZE);
  }
}
