package io.vtlb.conformance.emulator.comparison;

import io.vtlb.model.machine.PageSize;
import io.vtlb.model.paging.Level;
import java.util.SplittableRandom;

/**
 * The few places in guest-physical memory that tables and pages lie at.
 *
 * <p>Few, because each page that is ever touched costs memory; spread, because every address bit
 * matters. All are free for probes.
 */
final class Places {

  /** Tables, and pages of 4 KiB: the last ones need entries of eight bytes. */
  private static final long[] FRAMES = {
    0x2_0000,
    0x2_1000,
    0x9_F000,
    0x10_0000,
    0x20_3000,
    0x123_4000,
    0xFED_C000,
    0x1555_5000,
    0x2AAA_A000,
    0x3FFF_F000,
    0x4800_0000,
    0x6FFF_F000,
    0x1_0000_0000L,
    0x1_2345_6000L,
    0x2_AAAA_A000L,
    0x3_5555_5000L,
    0x3_FFFF_F000L,
    0x4_3FFF_F000L
  };

  private static final int LOW_FRAMES = 12;

  private static final long[] PAGES_4M = {0x0080_0000, 0x0540_0000, 0x2A80_0000, 0x6FC0_0000};
  private static final long[] PAGES_2M = {
    0x0020_0000, 0x1540_0000, 0x6FE0_0000, 0x1_2A80_0000L, 0x4_3FE0_0000L
  };
  private static final long[] PAGES_1G = {0x4000_0000, 0x1_0000_0000L, 0x2_C000_0000L};

  /** Parts of a 1 GiB page, by bits 29:24 of an address, that are not the runner's. */
  private static final long[] PARTS = {0x0000_0000, 0x1500_0000, 0x2A00_0000};

  private Places() {}

  /** The address of a table. */
  static long table(SplittableRandom choices, boolean high) {
    return FRAMES[choices.nextInt(high ? FRAMES.length : LOW_FRAMES)];
  }

  /** The address of a page that an entry of a level maps. */
  static long page(SplittableRandom choices, Level level, boolean high) {
    return switch ((int) level.pages()) {
      case PageSize.LARGE_2M -> PAGES_2M[choices.nextInt(PAGES_2M.length)];
      case PageSize.LARGE_4M -> PAGES_4M[choices.nextInt(PAGES_4M.length)];
      case PageSize.LARGE_1G -> PAGES_1G[choices.nextInt(PAGES_1G.length)];
      default -> table(choices, high);
    };
  }

  /** Bits 29:24 of a linear address where pages of 1 GiB exist. */
  static long part(SplittableRandom choices) {
    return PARTS[choices.nextInt(PARTS.length)];
  }
}
