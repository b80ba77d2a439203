package io.vtlb.conformance.generate;

import io.vtlb.model.machine.Capability;
import io.vtlb.model.machine.PageSize;
import io.vtlb.model.machine.Profile;
import io.vtlb.model.paging.Level;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Chooses guest entries of one mode: mostly usable ones that differ in one or two bits, some of
 * every other kind.
 */
final class EntryChoice {

  private static final long PRESENT = 1;
  private static final long WRITABLE = 1 << 1;
  private static final long USER = 1 << 2;
  private static final long WRITE_THROUGH = 1 << 3;
  private static final long ACCESSED = 1 << 5;
  private static final long DIRTY = 1 << 6;
  private static final long LARGE = 1 << 7;
  private static final long GLOBAL = 1 << 8;
  private static final long SOFTWARE = 1 << 9;
  private static final long EXECUTE_DISABLE = 1L << 63;
  private static final int KEY_SHIFT = 59;
  private static final int[] KEYS = {1, 2, 15};
  private static final long[] FLIPS = {
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
  private final Profile profile;
  private final boolean wide;

  EntryChoice(SplittableRandom choices, Terrain terrain, Profile profile) {
    this.choices = choices;
    this.terrain = terrain;
    this.profile = profile;
    this.wide = terrain.mode().format().bytes() == Long.BYTES;
  }

  /** An entry of a table at a depth. */
  long entry(int depth) {
    Level level = terrain.mode().level(depth);
    if (!level.inMemory()) {
      return registerEntry(depth, chance(3) ? WRITABLE : 0);
    }
    return switch (level.leaf()) {
      case ALWAYS -> pageEntry();
      case NEVER -> tableEntry(depth);
      case BY_SIZE_BIT ->
          chance(level.pages() < PageSize.LARGE_1G ? 25 : 10)
              ? largeEntry(level)
              : tableEntry(depth);
    };
  }

  /** An entry that a PDPTE register can be loaded from without a #GP. */
  long registerEntry(int depth) {
    return registerEntry(depth, 0);
  }

  private long registerEntry(int depth, long more) {
    return pick(terrain.tables().get(depth + 1)) | (chance(92) ? PRESENT : 0) | more;
  }

  private long pageEntry() {
    long frame =
        switch (choices.nextInt(16)) {
          case 0 -> Terrain.DEVICE;
          case 1, 2 -> anyTable() >>> PageSize.BASE_SHIFT;
          default -> pick(Terrain.DATA);
        };
    return frame << PageSize.BASE_SHIFT | leafFlags() | rare(14, 3);
  }

  private long largeEntry(Level level) {
    long base = (long) pick(Terrain.largeBases(level)) << PageSize.BASE_SHIFT;
    long low = 0;
    if (wide) {
      low = chance(8) ? 1L << choices.nextInt(13, level.shift()) : 0;
      low |= chance(8) ? 1L << PageSize.BASE_SHIFT : 0;
    } else {
      low = chance(10) ? 1 << 21 : 0;
      low |= chance(12) ? 1L << (13 + choices.nextInt(8)) : 0;
    }
    return base | leafFlags() | LARGE | low | rare(14, 3);
  }

  private long tableEntry(int depth) {
    long table = chance(6) ? anyTable() : pick(terrain.tables().get(depth + 1));
    long frame = table & -PageSize.BASE_BYTES;
    boolean lowest = depth >= terrain.depths() - 2;
    // The more levels, the rarer a fault must be at each, for half of the accesses to complete.
    long flags = lowest ? flags(90, 70, 70, 65) : flags(97, 92, 92, 88);
    return frame | flags | (chance(2) ? GLOBAL : 0) | (wide && chance(1) ? LARGE : 0) | rare(4, 1);
  }

  private long leafFlags() {
    return flags(90, 65, 65, 60)
        | (chance(45) ? DIRTY : 0)
        | (chance(25) ? GLOBAL : 0)
        | (chance(8) ? LARGE : 0);
  }

  private long flags(int present, int writable, int user, int accessed) {
    return (chance(present) ? PRESENT : 0)
        | (chance(writable) ? WRITABLE : 0)
        | (chance(user) ? USER : 0)
        | (chance(accessed) ? ACCESSED : 0);
  }

  /**
   * What only entries of eight bytes have: XD, keys, and address bits that may be reserved.
   *
   * @param executeDisable how often XD is set, in percent, where it is not always reserved
   * @param reserved how often a bit above MAXPHYADDR is set, in percent
   */
  private long rare(int executeDisable, int reserved) {
    if (!wide) {
      return 0;
    }
    long bits =
        chance(profile.has(Capability.NO_EXECUTE) ? executeDisable : 1) ? EXECUTE_DISABLE : 0;
    bits |= chance(18) ? (long) KEYS[choices.nextInt(KEYS.length)] << KEY_SHIFT : 0;
    if (terrain.mode().linearBits() == Integer.SIZE && !chance(4)) {
      bits &= EXECUTE_DISABLE;
    }
    int reach = profile.physicalAddressBits();
    return chance(reserved) && reach < 52 ? bits | 1L << choices.nextInt(reach, 52) : bits;
  }

  /** An entry that differs from an earlier one where it matters. */
  long edited(long entry, int depth) {
    return switch (choices.nextInt(8)) {
      case 0, 1, 2, 3 -> entry ^ flip();
      case 4 -> entry & ~PRESENT;
      case 5 -> (entry(depth) & ~0xFFFL) | (entry & 0xFFF);
      default -> entry(depth);
    };
  }

  private long flip() {
    return wide && choices.nextInt(8) == 0 ? EXECUTE_DISABLE : FLIPS[choices.nextInt(FLIPS.length)];
  }

  private long anyTable() {
    return pick(pick(terrain.tables())) & -PageSize.BASE_BYTES;
  }

  private boolean chance(int percent) {
    return choices.nextInt(100) < percent;
  }

  private <T> T pick(List<T> from) {
    return from.get(choices.nextInt(from.size()));
  }
}
