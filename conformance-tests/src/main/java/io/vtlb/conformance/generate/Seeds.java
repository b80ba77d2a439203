package io.vtlb.conformance.generate;

import java.util.SplittableRandom;

/** Derives an independent stream of choices for each numbered sequence of a run. */
public final class Seeds {

  private static final long GOLDEN = 0x9E37_79B9_7F4A_7C15L;

  private Seeds() {}

  /**
   * The choices for one sequence; they depend on nothing but the run's seed and the sequence's
   * number.
   */
  public static SplittableRandom forSequence(long seed, long number) {
    return new SplittableRandom(new SplittableRandom(seed + number * GOLDEN).nextLong());
  }
}
