package io.vtlb.conformance.emulator.comparison;

import io.vtlb.model.machine.PageSize;
import io.vtlb.model.machine.Profile;
import io.vtlb.model.paging.EntryBits;
import io.vtlb.model.paging.Level;
import io.vtlb.model.paging.PagingMode;
import java.util.SplittableRandom;

/**
 * Draws entries with every bit in play.
 *
 * <p>Half of the walks are gentle: their entries permit all but for a flip here and there, so that
 * deep walks complete. The others are wild.
 */
final class EntryDraw {

  private static final int HIGHEST_ADDRESS_BIT = 51;
  private static final int FIRST_AVAILABLE = 52;
  private static final long EXECUTE_DISABLE = 1L << 63;
  private static final int[] PDPTE_RESERVED = {1, 2, 5, 6, 7, 8, 62, 63};
  private static final int LAST_FRAME_WITH_MEMORY_BIT = 34;

  private final SplittableRandom choices;
  private final PagingMode mode;
  private final Profile profile;
  private final boolean gentle;

  EntryDraw(SplittableRandom choices, PagingMode mode, Profile profile) {
    this.choices = choices;
    this.mode = mode;
    this.profile = profile;
    this.gentle = choices.nextBoolean();
  }

  /** An entry of a level; where it leads is among the {@link Places}. */
  long entry(Level level) {
    if (!level.inMemory()) {
      return register(chance(97), 4);
    }
    return switch (level.leaf()) {
      case ALWAYS -> page(level) | flags() | chance(50, EntryBits.LARGE);
      case NEVER -> table() | flags() | chance(gentle ? 1 : 3, EntryBits.LARGE);
      case BY_SIZE_BIT -> chance(gentle ? 20 : 30) ? large(level) : table() | flags();
    };
  }

  /** A PDPTE; one that is not used may have a reserved bit set, too. */
  long register(boolean present, int percentReserved) {
    long entry = table() | (present ? EntryBits.PRESENT : 0) | choices.nextInt(8) << 9;
    entry |= (long) choices.nextInt(4) << 3;
    if (chance(percentReserved)) {
      int reach = profile.physicalAddressBits();
      int kind = choices.nextInt(PDPTE_RESERVED.length + 2);
      entry |=
          1L
              << (kind < PDPTE_RESERVED.length
                  ? PDPTE_RESERVED[kind]
                  : choices.nextInt(reach, Long.SIZE));
    }
    return entry;
  }

  private long table() {
    long entry = Places.table(choices, isWide());
    return chance(1) ? entry | outsideMemory() : entry;
  }

  private long page(Level level) {
    long entry = Places.page(choices, level, isWide());
    return chance(2) ? entry | outsideMemory() : entry;
  }

  private long large(Level level) {
    long entry = page(level) | flags() | EntryBits.LARGE;
    if (!isWide()) {
      entry |= (long) choices.nextInt(4) << 13;
      entry |= chance(12) ? 1L << choices.nextInt(12, 21) : 0;
      entry |= chance(8, 1L << 21);
      return entry;
    }
    entry |= chance(30, 1L << PageSize.BASE_SHIFT);
    return chance(6)
        ? entry | 1L << choices.nextInt(PageSize.BASE_SHIFT + 1, level.shift())
        : entry;
  }

  private long flags() {
    long flags = gentle ? gentleFlags() : wildFlags();
    flags |= (long) choices.nextInt(4) << 3;
    flags |= chance(50, EntryBits.ACCESSED) | chance(50, EntryBits.DIRTY);
    flags |= chance(30, EntryBits.GLOBAL) | (long) choices.nextInt(8) << 9;
    if (!isWide()) {
      return flags;
    }
    int reach = profile.physicalAddressBits();
    if (chance(2) && reach <= HIGHEST_ADDRESS_BIT) {
      flags |= 1L << choices.nextInt(reach, HIGHEST_ADDRESS_BIT + 1);
    }
    if (mode.signExtended() ? chance(60) : chance(1)) {
      flags |= (long) choices.nextInt(1 << 11) << FIRST_AVAILABLE;
    }
    return flags | chance(gentle ? 3 : 10, EXECUTE_DISABLE);
  }

  private long gentleFlags() {
    long flags = EntryBits.PRESENT | EntryBits.WRITABLE | EntryBits.USER;
    return chance(15) ? flags & ~(1L << choices.nextInt(3)) : flags;
  }

  private long wildFlags() {
    return chance(95, EntryBits.PRESENT)
        | chance(80, EntryBits.WRITABLE)
        | chance(70, EntryBits.USER);
  }

  /** An address bit that is not reserved, but leads to where no memory is. */
  private long outsideMemory() {
    int reach = Math.min(profile.physicalAddressBits(), HIGHEST_ADDRESS_BIT + 1);
    boolean some = isWide() && reach > LAST_FRAME_WITH_MEMORY_BIT + 1;
    return some ? 1L << choices.nextInt(LAST_FRAME_WITH_MEMORY_BIT + 1, reach) : 0;
  }

  private boolean isWide() {
    return mode.format().bytes() == Long.BYTES;
  }

  private boolean chance(int percent) {
    return choices.nextInt(100) < percent;
  }

  private long chance(int percent, long bit) {
    return chance(percent) ? bit : 0;
  }
}
