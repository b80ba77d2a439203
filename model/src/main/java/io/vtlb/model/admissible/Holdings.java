package io.vtlb.model.admissible;

import io.vtlb.model.machine.PageSize;
import io.vtlb.model.paging.Translation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The complete translations that one TLB may hold, of every size and under every PCID, found by
 * linear page.
 */
final class Holdings {

  /** The sizes that pages have, in base pages. */
  private static final int[] SIZES = {1, PageSize.LARGE_2M, PageSize.LARGE_4M, PageSize.LARGE_1G};

  /** By size in the order of {@link #SIZES}, then by first page. */
  private final List<Map<Long, List<Holding>>> bySize = new ArrayList<>(SIZES.length);

  Holdings() {
    for (int size = 0; size < SIZES.length; size++) {
      bySize.add(new HashMap<>());
    }
  }

  /** Takes a translation, with any part of it that was dropped. */
  void hold(Translation translation) {
    List<Holding> held =
        of(translation).computeIfAbsent(translation.page(), page -> new ArrayList<>(2));
    for (Holding holding : held) {
      if (holding.translation().equals(translation)) {
        holding.refill();
        return;
      }
    }
    held.add(new Holding(translation));
  }

  /** Visits what may be used for a linear page under a PCID. */
  void forEach(long page, int pcid, Consumer<Translation> visitor) {
    for (int size = 0; size < SIZES.length; size++) {
      for (Holding holding : at(size, page)) {
        if (holding.translation().usedUnder(pcid) && holding.holds(page)) {
          visitor.accept(holding.translation());
        }
      }
    }
  }

  /** Adds every translation of one PCID that is not global. */
  void addAllOf(int pcid, List<Translation> all) {
    for (Map<Long, List<Holding>> byPage : bySize) {
      for (List<Holding> held : byPage.values()) {
        for (Holding holding : held) {
          if (holding.translation().pcid() == pcid && !holding.translation().global()) {
            all.add(holding.translation());
          }
        }
      }
    }
  }

  boolean holdsWhole(Translation translation) {
    for (Holding holding : of(translation).getOrDefault(translation.page(), List.of())) {
      if (holding.translation().equals(translation)) {
        return holding.isWhole();
      }
    }
    return false;
  }

  boolean mayDeny(Translation translation, long page) {
    for (Holding holding : of(translation).getOrDefault(translation.page(), List.of())) {
      if (holding.translation().equals(translation)) {
        return holding.mayDeny(page);
      }
    }
    return true;
  }

  /**
   * True if a translation that was dropped, or a fragment of a page that was, may be held again.
   */
  boolean holdsAgain(Translation translation) {
    if (translation.pages() > 1) {
      return holdsWhole(translation);
    }
    for (int size = 0; size < SIZES.length; size++) {
      for (Holding holding : at(size, translation.page())) {
        if (holding.holds(translation.page())
            && holding.translation().fragment(translation.page()).equals(translation)) {
          return true;
        }
      }
    }
    return false;
  }

  /** True if a large page around a linear page may be held, at least in part. */
  boolean holdsLargeAround(long page, int pcid) {
    for (int size = 1; size < SIZES.length; size++) {
      for (Holding holding : at(size, page)) {
        if (holding.translation().usedUnder(pcid)) {
          return true;
        }
      }
    }
    return false;
  }

  void removeAll(
      Invalidation.Contexts contexts, Invalidation.Globals globals, List<Translation> gone) {
    for (Map<Long, List<Holding>> byPage : bySize) {
      for (List<Holding> held : byPage.values()) {
        for (Iterator<Holding> all = held.iterator(); all.hasNext(); ) {
          Translation translation = all.next().translation();
          if (isNamed(translation, contexts, globals)) {
            all.remove();
            gone.add(translation);
          }
        }
      }
    }
  }

  /**
   * Drops one page, and what else of the translations for it lies in the run of base pages around
   * it, aligned to its size: the page that the tables map there, for INVLPG. A translation that is
   * larger lives on in fragments (Intel SDM vol. 3, 4.10.4.1, on pages cached in fragments).
   */
  void removePage(
      long page,
      long pages,
      Invalidation.Contexts contexts,
      Invalidation.Globals globals,
      List<Translation> gone) {
    for (int size = 0; size < SIZES.length; size++) {
      for (Iterator<Holding> all = at(size, page).iterator(); all.hasNext(); ) {
        Holding holding = all.next();
        if (isNamed(holding.translation(), contexts, globals)) {
          if (SIZES[size] <= pages) {
            all.remove();
            gone.add(holding.translation());
          } else {
            dropRun(holding, page & -pages, pages, gone);
          }
        } else if (globals == Invalidation.Globals.OF_CONTEXTS && holding.translation().global()) {
          holding.silence(page);
        }
      }
    }
  }

  private static void dropRun(Holding holding, long first, long pages, List<Translation> gone) {
    for (long page = first; page < first + pages; page++) {
      if (holding.drop(page)) {
        gone.add(holding.translation().fragment(page));
      }
    }
  }

  private static boolean isNamed(
      Translation translation, Invalidation.Contexts contexts, Invalidation.Globals globals) {
    boolean ofContexts = contexts.include(translation.pcid());
    return translation.global()
        ? switch (globals) {
          case KEPT -> false;
          case OF_CONTEXTS -> ofContexts;
          case ALL -> true;
        }
        : ofContexts;
  }

  private List<Holding> at(int size, long page) {
    Map<Long, List<Holding>> byPage = bySize.get(size);
    return byPage.isEmpty()
        ? List.of()
        : byPage.getOrDefault(page & -(long) SIZES[size], List.of());
  }

  private Map<Long, List<Holding>> of(Translation translation) {
    for (int size = 0; size < SIZES.length; size++) {
      if (SIZES[size] == translation.pages()) {
        return bySize.get(size);
      }
    }
    throw new IllegalArgumentException("no page has " + translation.pages() + " base pages");
  }
}
