package io.vtlb.model.admissible;

import io.vtlb.model.paging.EntryBits;
import io.vtlb.model.paging.Level;
import io.vtlb.model.paging.PagingMode;
import io.vtlb.model.paging.PartialWalk;
import io.vtlb.model.paging.Translation;
import io.vtlb.model.paging.Walker;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The definition of admissible translations by history: all that ever happened is searched for
 * times at which the entries of a walk may have been read.
 *
 * <p>A translation is admissible now if there are moments t1 &le; ... &le; tn &le; now, all under
 * one PCID, such that the root is CR3 of t1; the entry of each level, as it was in memory at its
 * moment and read under that moment's control state, leads to the next; no invalidation of
 * paging-structure caches for the walk so far lies between two consecutive ones; and none of TLB
 * entries for the page lies between tn and now. A PDPTE register is no cache: the next entry is
 * read while it holds the value.
 */
final class HistorySearch {

  private final Walker walker;
  private final List<Moment> moments;
  private final int now;
  private final Map<Long, Set<Fragment>> fragments = new HashMap<>();
  private final Map<Long, Set<Fragment>> denying = new HashMap<>();
  private final Set<Translation> whole = new HashSet<>();
  private final Set<PartialWalk> walks = new HashSet<>();

  HistorySearch(Walker walker, List<Moment> moments) {
    this.walker = walker;
    this.moments = moments;
    this.now = moments.size() - 1;
    for (int first = 0; first <= now; first++) {
      PagingMode mode = moments.get(first).mode();
      if (!mode.levels().isEmpty()) {
        read(PartialWalk.root(mode, moments.get(first).control()), mode, first, first);
      }
    }
  }

  /** What may be used for a page now. */
  Set<Fragment> fragments(long page) {
    return moments.get(now).mode().levels().isEmpty()
        ? Set.of(Fragment.of(Translation.identity(page), page))
        : fragments.getOrDefault(page, Set.of());
  }

  /** What may be used for a page now, and may still fault an access that it denies. */
  Set<Fragment> denying(long page) {
    return denying.getOrDefault(page, Set.of());
  }

  /** True if a large page may be held now with no page missing. */
  boolean isWhole(Translation translation) {
    return whole.contains(translation);
  }

  /** The partial walks that may be held now under the current PCID. */
  Set<PartialWalk> walks() {
    return walks;
  }

  /** Reads the table that a walk has reached at each moment from the first to the last. */
  private void read(PartialWalk reached, PagingMode mode, int first, int last) {
    Level level = mode.level(reached.depth());
    for (int index : SmallWorld.indices(level)) {
      long page = mode.canonicalPage(reached.page() + index * level.pages());
      for (int moment = first; moment <= last; moment++) {
        boolean earlierCounts = moment > first || (reached.depth() == 0 && moment > 0);
        if (moments.get(moment).control().pcid() == reached.pcid()
            && !(earlierCounts && repeats(reached, level, index, moment))) {
          long entry = moments.get(moment).entry(reached, level, index);
          goOn(reached, mode, page, moment, entry);
        }
      }
    }
  }

  /**
   * True if the moment before found the same, and nothing was forgotten since: whatever may follow
   * from this moment on may follow from that one on, too.
   */
  private boolean repeats(PartialWalk reached, Level level, int index, int moment) {
    Moment earlier = moments.get(moment - 1);
    Moment later = moments.get(moment);
    return level.inMemory()
        && later.before() instanceof Forgotten.Nothing
        && earlier.control().equals(later.control())
        && earlier.entry(reached, level, index) == later.entry(reached, level, index);
  }

  private void goOn(PartialWalk reached, PagingMode mode, long page, int moment, long entry) {
    Level level = mode.level(reached.depth());
    if (level.inMemory() && (entry & EntryBits.ACCESSED) == 0) {
      return;
    }
    switch (walker.meaning(entry, level, mode, moments.get(moment).control())) {
      case NOT_PRESENT, RESERVED -> {}
      case LEAF ->
          use(walker.leaf(reached, entry, mode, moments.get(moment).control(), page), moment);
      case TABLE -> {
        PartialWalk next = walker.table(reached, entry, mode, page);
        int last = level.inMemory() ? lastUse(next, mode, moment) : moment;
        if (last == now && next.pcid() == moments.get(now).control().pcid()) {
          walks.add(next);
        }
        read(next, mode, moment, last);
      }
    }
  }

  /** The last moment before a partial walk had to be forgotten. */
  private int lastUse(PartialWalk walk, PagingMode mode, int since) {
    for (int later = since + 1; later <= now; later++) {
      if (moments.get(later).before().coversWalk(walk, mode)) {
        return later - 1;
      }
    }
    return now;
  }

  /** Takes note of a translation that was read at a moment, where it has not been forgotten. */
  private void use(Translation translation, int since) {
    Moment present = moments.get(now);
    if (!translation.global() && translation.pcid() != present.control().pcid()) {
      return;
    }
    for (long page : SmallWorld.pages(present.mode())) {
      if (translation.covers(page) && isKept(page, translation, since)) {
        fragments
            .computeIfAbsent(page, number -> new HashSet<>())
            .add(Fragment.of(translation, page));
        if (mayDeny(page, translation, since)) {
          denying
              .computeIfAbsent(page, number -> new HashSet<>())
              .add(Fragment.of(translation, page));
        }
      }
    }
    boolean untouched = true;
    for (int later = since + 1; later <= now && untouched; later++) {
      untouched = !moments.get(later).before().touches(translation);
    }
    if (untouched) {
      whole.add(translation);
    }
  }

  /** A fault ends what global translations deny; what is not in use at the time stays as it is. */
  private boolean mayDeny(long page, Translation translation, int since) {
    for (int later = since + 1; later <= now && translation.global(); later++) {
      if (moments.get(later).before().endsDenials(page)) {
        return false;
      }
    }
    return true;
  }

  private boolean isKept(long page, Translation translation, int since) {
    for (int later = since + 1; later <= now; later++) {
      if (moments.get(later).before().coversPage(page, translation)) {
        return false;
      }
    }
    return true;
  }
}
