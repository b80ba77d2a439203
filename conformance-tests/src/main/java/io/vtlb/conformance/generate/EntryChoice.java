package io.vtlb.conformance.generate;

import java.util.List;
import java.util.SplittableRandom;

/**
 * Chooses guest entries: mostly usable ones that differ in one or two bits, some of every other
 * kind.
 */
final class EntryChoice {

  private static final int PRESENT = 1;
  private static final int WRITABLE = 1 << 1;
  private static final int USER = 1 << 2;
  private static final int WRITE_THROUGH = 1 << 3;
  private static final int ACCESSED = 1 << 5;
  private static final int DIRTY = 1 << 6;
  private static final int LARGE = 1 << 7;
  private static final int GLOBAL = 1 << 8;
  private static final int SOFTWARE = 1 << 9;
  private static final int[] FLIPS = {
    PRESENT,
    WRITABLE,
    WRITABLE,
    USER,
    USER,
    ACCESSED,
    DIRTY,
    GLOBAL,
    LARGE,
    SOFTWARE | WRITE_THROUGH
  };

  private final SplittableRandom choices;
  private final Terrain terrain;

  EntryChoice(SplittableRandom choices, Terrain terrain) {
    this.choices = choices;
    this.terrain = terrain;
  }

  /** An entry of a page table. */
  int tableEntry() {
    int frame =
        switch (choices.nextInt(16)) {
          case 0 -> terrain.device();
          case 1, 2 -> pick(terrain.tables());
          default -> pick(terrain.data());
        };
    return (frame << 12) | flags();
  }

  /** An entry of a page directory. */
  int directoryEntry() {
    if (choices.nextInt(4) == 0) {
      int reserved = choices.nextInt(10) == 0 ? 1 << 21 : 0;
      int high = choices.nextInt(8) == 0 ? 1 << (13 + choices.nextInt(8)) : 0;
      return pick(terrain.largeBases()) << 12 | flags() | LARGE | reserved | high;
    }
    int frame = choices.nextInt(16) == 0 ? pick(terrain.roots()) : pick(terrain.tables());
    return frame << 12 | (flags() & ~LARGE);
  }

  /** An entry that differs from an earlier one where it matters. */
  int edited(int entry, boolean directory) {
    return switch (choices.nextInt(8)) {
      case 0, 1, 2, 3 -> entry ^ FLIPS[choices.nextInt(FLIPS.length)];
      case 4 -> entry & ~PRESENT;
      case 5 -> ((directory ? directoryEntry() : tableEntry()) & ~0xFFF) | (entry & 0xFFF);
      default -> directory ? directoryEntry() : tableEntry();
    };
  }

  private int flags() {
    return (chance(90) ? PRESENT : 0)
        | (chance(65) ? WRITABLE : 0)
        | (chance(65) ? USER : 0)
        | (chance(60) ? ACCESSED : 0)
        | (chance(45) ? DIRTY : 0)
        | (chance(25) ? GLOBAL : 0)
        | (chance(8) ? LARGE : 0);
  }

  private boolean chance(int percent) {
    return choices.nextInt(100) < percent;
  }

  private int pick(List<Integer> from) {
    return from.get(choices.nextInt(from.size()));
  }
}
