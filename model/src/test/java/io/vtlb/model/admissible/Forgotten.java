package io.vtlb.model.admissible;

import io.vtlb.model.paging.PagingMode;
import io.vtlb.model.paging.PartialWalk;
import io.vtlb.model.paging.Translation;

/**
 * What the processor had to forget between two moments of a history.
 *
 * <p>Source: Intel SDM vol. 3, 4.10.4.1.
 */
sealed interface Forgotten {

  /** Stands for every PCID. */
  int EVERY_PCID = -1;

  /** True if a partial walk does not live on. */
  boolean coversWalk(PartialWalk walk, PagingMode mode);

  /** True if a translation does not live on for one of the pages that it covers. */
  boolean coversPage(long page, Translation translation);

  /** True if a translation does not live on for some page that it covers. */
  boolean touches(Translation translation);

  /** True if no access to a page faults any more by a translation that was cached before. */
  default boolean endsDenials(long page) {
    return false;
  }

  /** Nothing was invalidated. */
  record Nothing() implements Forgotten {

    @Override
    public boolean coversWalk(PartialWalk walk, PagingMode mode) {
      return false;
    }

    @Override
    public boolean coversPage(long page, Translation translation) {
      return false;
    }

    @Override
    public boolean touches(Translation translation) {
      return false;
    }
  }

  /** All partial walks and translations of a PCID, or of every; global ones only if so said. */
  record All(int pcid, boolean globals) implements Forgotten {

    @Override
    public boolean coversWalk(PartialWalk walk, PagingMode mode) {
      return isOf(pcid, walk.pcid());
    }

    @Override
    public boolean coversPage(long page, Translation translation) {
      return touches(translation);
    }

    @Override
    public boolean touches(Translation translation) {
      return translation.global() ? globals : isOf(pcid, translation.pcid());
    }
  }

  /**
   * The translations of one page.
   *
   * @param named the page
   * @param pcid the PCID that the page is named under
   * @param globals global translations go too
   * @param mapped the size, in base pages, of the page that the tables map there, whose fragments
   *     all go; 1 where only the fragment named goes
   * @param everyWalk every partial walk goes; else only those that a walk for the page would use
   */
  record OfPage(long named, int pcid, boolean globals, long mapped, boolean everyWalk)
      implements Forgotten {

    @Override
    public boolean coversWalk(PartialWalk walk, PagingMode mode) {
      return isOf(pcid, walk.pcid()) && (everyWalk || isFor(named, walk, mode));
    }

    /** A large page that is larger than what is mapped goes in part. */
    @Override
    public boolean coversPage(long page, Translation translation) {
      return touches(translation) && Math.floorDiv(page, mapped) == Math.floorDiv(named, mapped);
    }

    @Override
    public boolean touches(Translation translation) {
      return translation.covers(named)
          && (translation.global() ? globals : isOf(pcid, translation.pcid()));
    }
  }

  /**
   * A fault for lack of rights was delivered: what the PCID has cached for the page is gone, global
   * or not, and nothing that was cached before may make the same fault recur.
   */
  record OfFault(long named, int pcid) implements Forgotten {

    @Override
    public boolean coversWalk(PartialWalk walk, PagingMode mode) {
      return walk.pcid() == pcid && isFor(named, walk, mode);
    }

    @Override
    public boolean coversPage(long page, Translation translation) {
      return page == named && touches(translation);
    }

    @Override
    public boolean touches(Translation translation) {
      return translation.covers(named) && translation.pcid() == pcid;
    }

    @Override
    public boolean endsDenials(long page) {
      return page == named;
    }
  }

  /** The partial walks that a walk for one page would use. */
  record WalksTo(long named, int pcid) implements Forgotten {

    @Override
    public boolean coversWalk(PartialWalk walk, PagingMode mode) {
      return isOf(pcid, walk.pcid()) && isFor(named, walk, mode);
    }

    @Override
    public boolean coversPage(long page, Translation translation) {
      return false;
    }

    @Override
    public boolean touches(Translation translation) {
      return false;
    }
  }

  private static boolean isOf(int named, int pcid) {
    return named == EVERY_PCID || named == pcid;
  }

  private static boolean isFor(long page, PartialWalk walk, PagingMode mode) {
    long pages = mode.level(walk.depth() - 1).pages();
    return page >= walk.page() && page < walk.page() + pages;
  }
}
