package io.vtlb.implementation;

/**
 * A map from numbers to slots, without boxing.
 *
 * <p>Open addressing with linear probing in two arrays: the keys, and the slots plus one, zero
 * where a cell is free. At most half of the cells are in use. A removal moves later cells of its
 * run back instead of leaving a marker, so that lookups do not slow down as entries come and go.
 */
final class PageIndex {

  /** What {@link #slot} answers for a key that is not there. */
  static final int ABSENT = -1;

  private static final int INITIAL_BITS = 4;

  private long[] keys = new long[1 << INITIAL_BITS];
  private int[] slots = new int[1 << INITIAL_BITS];
  private int shift = Long.SIZE - INITIAL_BITS;
  private int size;

  /** The slot of a key, or {@link #ABSENT}. */
  int slot(long key) {
    return slots[cell(key)] - 1;
  }

  /** Gives a key a slot, in place of the one that it has. */
  void put(long key, int slot) {
    int cell = cell(key);
    if (slots[cell] == 0) {
      size++;
    }
    keys[cell] = key;
    slots[cell] = slot + 1;
    if (size * 2 > slots.length) {
      grow();
    }
  }

  /** Removes a key, if it is there. */
  void remove(long key) {
    int hole = cell(key);
    if (slots[hole] == 0) {
      return;
    }
    size--;
    for (int cell = next(hole); slots[cell] != 0; cell = next(cell)) {
      if (distance(home(keys[cell]), cell) >= distance(hole, cell)) {
        keys[hole] = keys[cell];
        slots[hole] = slots[cell];
        hole = cell;
      }
    }
    slots[hole] = 0;
  }

  /** The cell that holds a key, or the free one that ends the search for it. */
  private int cell(long key) {
    int cell = home(key);
    while (slots[cell] != 0 && keys[cell] != key) {
      cell = next(cell);
    }
    return cell;
  }

  private void grow() {
    long[] oldKeys = keys;
    int[] oldSlots = slots;
    keys = new long[oldKeys.length * 2];
    slots = new int[oldSlots.length * 2];
    shift--;
    for (int old = 0; old < oldSlots.length; old++) {
      if (oldSlots[old] != 0) {
        int cell = cell(oldKeys[old]);
        keys[cell] = oldKeys[old];
        slots[cell] = oldSlots[old];
      }
    }
  }

  private int home(long key) {
    return (int) ((key * 0x9E37_79B9_7F4A_7C15L) >>> shift);
  }

  private int next(int cell) {
    return (cell + 1) & (slots.length - 1);
  }

  private int distance(int from, int to) {
    return (to - from) & (slots.length - 1);
  }
}
