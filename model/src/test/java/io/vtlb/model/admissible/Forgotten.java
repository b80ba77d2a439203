package io.vtlb.model.admissible;

import io.vtlb.model.machine.PageSize;

/**
 * What the processor had to forget between two moments of a history.
 *
 * <p>Source: Intel SDM vol. 3, 4.10.4.1. A region is the 4 MiB of linear pages that one PDE is for.
 */
sealed interface Forgotten {

  /** True if no partial walk for this region lives on. */
  boolean coversWalk(long region);

  /**
   * True if no translation of this page lives on.
   *
   * @param large the translation is a fragment of a 4 MiB page
   */
  boolean coversPage(long page, boolean large, boolean global);

  static long region(long page) {
    return page / PageSize.LARGE_4M;
  }

  /** Nothing was invalidated. */
  record Nothing() implements Forgotten {

    @Override
    public boolean coversWalk(long region) {
      return false;
    }

    @Override
    public boolean coversPage(long page, boolean large, boolean global) {
      return false;
    }
  }

  /** All partial walks and translations; global ones only if so said. */
  record All(boolean globals) implements Forgotten {

    @Override
    public boolean coversWalk(long region) {
      return true;
    }

    @Override
    public boolean coversPage(long page, boolean large, boolean global) {
      return globals || !global;
    }
  }

  /**
   * The translations of one page, global or not.
   *
   * @param named the page
   * @param mappedLarge the tables mapped it by a 4 MiB page at the time, so that all fragments go
   * @param everyWalk every partial walk goes; else only those that a walk for the page would use
   */
  record OfPage(long named, boolean mappedLarge, boolean everyWalk) implements Forgotten {

    @Override
    public boolean coversWalk(long region) {
      return everyWalk || region == region(named);
    }

    @Override
    public boolean coversPage(long page, boolean large, boolean global) {
      return page == named || (large && mappedLarge && region(page) == region(named));
    }

    private static long region(long page) {
      return Forgotten.region(page);
    }
  }

  /** The partial walks that a walk for one page would use. */
  record WalksTo(long named) implements Forgotten {

    @Override
    public boolean coversWalk(long region) {
      return region == Forgotten.region(named);
    }

    @Override
    public boolean coversPage(long page, boolean large, boolean global) {
      return false;
    }
  }
}
