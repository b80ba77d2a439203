package io.vtlb.conformance.sweep;

/**
 * The place in a space's product of entries: digits, one for each dimension, and the entries that
 * they make, kept in a memory.
 *
 * <p>Stepping touches only the digits that change; any place is reached by arithmetic.
 */
final class Odometer {

  private final long[][] flips;
  private final int[] levels;
  private final int[] digits;
  private final long[] entries;
  private final long[] base;
  private final EntryMemory memory;

  Odometer(Space space, EntryMemory memory) {
    flips = space.dimensions().stream().map(Dimension::flips).toArray(long[][]::new);
    levels = space.dimensions().stream().mapToInt(Dimension::level).toArray();
    digits = new int[flips.length];
    base = space.base().stream().mapToLong(Long::longValue).toArray();
    entries = base.clone();
    this.memory = memory;
    store();
  }

  /** The entry of a level. */
  long entry(int level) {
    return entries[level];
  }

  /** Goes to a combination of entries by its number. */
  void seek(long number) {
    long rest = number;
    System.arraycopy(base, 0, entries, 0, base.length);
    for (int i = flips.length - 1; i >= 0; i--) {
      digits[i] = (int) (rest % flips[i].length);
      rest /= flips[i].length;
      entries[levels[i]] ^= flips[i][digits[i]];
    }
    if (rest != 0) {
      throw new IllegalArgumentException("there is no combination " + number);
    }
    store();
  }

  /** Goes to the next combination; after the last comes the first. */
  void next() {
    for (int i = flips.length - 1; i >= 0; i--) {
      long[] values = flips[i];
      int digit = digits[i];
      int following = digit + 1 == values.length ? 0 : digit + 1;
      digits[i] = following;
      int level = levels[i];
      entries[level] ^= values[digit] ^ values[following];
      memory.put(level, entries[level]);
      if (following != 0) {
        return;
      }
    }
  }

  private void store() {
    for (int level = 0; level < entries.length; level++) {
      memory.put(level, entries[level]);
    }
  }
}
