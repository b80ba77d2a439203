package io.vtlb.implementation;

import io.vtlb.model.machine.PrivilegeSet;
import io.vtlb.model.target.ActiveEntry;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The active structure of one privilege set in one context of a virtual CPU: its valid entries, of
 * which no two cover the same page.
 *
 * <p>Layout: a sparse set. The entries lie side by side in the first {@code size} slots of parallel
 * arrays, so that a resync is one pass over primitive arrays whose length is the number of valid
 * entries, and an index finds the slot of a page and span. A removal moves the last entry into the
 * slot that becomes free. Each entry is also kept as the kit sees it, so that a list is one copy of
 * references. Nothing is as large as the address space: an empty structure takes under 1 KiB.
 *
 * <p>Each method that changes content takes the drops of the event and notes every entry that
 * disappears or changes. So what the processor may have cached and was not told to drop is always
 * still listed here, as it was cached.
 */
final class ActiveStructure {

  private static final int FEWEST_SLOTS = 16;
  private static final Span[] SPANS = Span.values();
  private static final long[] NOTHING = {};

  /** The low bits of an index key, which tell entries of different spans at one page apart. */
  private static final int SPAN_BITS = 2;

  private final PrivilegeSet set;
  private final PageIndex index = new PageIndex();
  private final int[] countBySpan = new int[Span.CODES];
  private long[] pages = NOTHING;
  private long[] entries = NOTHING;
  private ActiveEntry[] decoded = {};
  private int size;
  private int fragments;

  /** Counts changes, which a revision that reads guest memory may suffer: the host may act then. */
  private int changes;

  private @Nullable List<ActiveEntry> listed;

  /** A structure of a privilege set, without any valid entry (claim 10). */
  ActiveStructure(PrivilegeSet set) {
    this.set = set;
  }

  boolean isEmpty() {
    return size == 0;
  }

  /** The entry that maps a page, or {@link EntryBits#NONE}. */
  long covering(long page) {
    int slot = slotCovering(page);
    return slot == PageIndex.ABSENT ? EntryBits.NONE : entries[slot];
  }

  /** Installs an entry that starts at {@code page}, in place of all that overlap it. */
  void install(long page, long entry, PendingDrops drops) {
    removeOverlapping(page, EntryBits.span(entry), drops);
    int slot = index.slot(key(page, EntryBits.span(entry)));
    if (slot == PageIndex.ABSENT) {
      append(page, entry);
    } else {
      replaceAt(slot, entry, drops);
    }
  }

  /** Removes the entry that maps a page, if there is one. */
  void remove(long page, PendingDrops drops) {
    int slot = slotCovering(page);
    if (slot != PageIndex.ABSENT) {
      removeAt(slot, drops);
    }
  }

  /**
   * Removes what an invalidation of a page must reach: the entry that maps it, and all other
   * entries that are parts of a guest page which covers it (Intel SDM vol. 3, 4.10.2.3).
   *
   * @param kind bits of {@link EntryBits} that an entry must have to be removed; 0 removes all
   */
  void invalidate(long page, long kind, PendingDrops drops) {
    if (fragments == 0) {
      int slot = slotCovering(page);
      if (slot != PageIndex.ABSENT && (entries[slot] & kind) == kind) {
        removeAt(slot, drops);
      }
      return;
    }
    for (int slot = size - 1; slot >= 0; slot--) {
      Span guestSpan = EntryBits.guestSpan(entries[slot]);
      if (guestSpan.start(pages[slot]) == guestSpan.start(page) && (entries[slot] & kind) == kind) {
        removeAt(slot, drops);
      }
    }
  }

  /** Revises the entry that maps a page, if there is one. */
  void reviseCovering(long page, EntryRevision revision, PendingDrops drops) {
    int slot = slotCovering(page);
    while (slot != PageIndex.ABSENT && !reviseAt(slot, revision, drops)) {
      slot = slotCovering(page);
    }
  }

  /** Revises the entries that lie in the aligned region around a page. */
  void reviseRegion(long page, Span region, EntryRevision revision, PendingDrops drops) {
    long start = region.start(page);
    int slot = size - 1;
    while (slot >= 0) {
      boolean inside = region.start(pages[slot]) == start;
      slot = !inside || reviseAt(slot, revision, drops) ? slot - 1 : size - 1;
    }
  }

  /** Revises every entry. */
  void reviseAll(EntryRevision revision, PendingDrops drops) {
    int slot = size - 1;
    while (slot >= 0) {
      slot = reviseAt(slot, revision, drops) ? slot - 1 : size - 1;
    }
  }

  /** The entries as they are now, as an unmodifiable list that later changes leave alone. */
  List<ActiveEntry> listed() {
    List<ActiveEntry> list = listed;
    if (list == null) {
      list = Collections.unmodifiableList(Arrays.asList(Arrays.copyOf(decoded, size)));
      listed = list;
    }
    return list;
  }

  private int slotCovering(long page) {
    for (Span span : SPANS) {
      if (countBySpan[span.code()] > 0) {
        int slot = index.slot(key(span.start(page), span));
        if (slot != PageIndex.ABSENT) {
          return slot;
        }
      }
    }
    return PageIndex.ABSENT;
  }

  /** Removes the entries of other spans that cover a page of the span that starts here. */
  private void removeOverlapping(long start, Span span, PendingDrops drops) {
    boolean smaller = false;
    for (Span other : SPANS) {
      if (countBySpan[other.code()] == 0) {
        continue;
      }
      if (other.pages() > span.pages()) {
        int slot = index.slot(key(other.start(start), other));
        if (slot != PageIndex.ABSENT) {
          removeAt(slot, drops);
        }
      } else if (other != span) {
        smaller = true;
      }
    }
    if (smaller) {
      EntryRevision onlySpan =
          (anySet, page, entry) -> EntryBits.span(entry) == span ? entry : EntryBits.NONE;
      reviseRegion(start, span, onlySpan, drops);
    }
  }

  /**
   * Revises the entry in a slot. A removal moves the last entry into the slot: callers that loop go
   * from the last slot down.
   *
   * @return false if the content has changed while the revision was found, which counts no more:
   *     slots may hold other entries now, and callers have to begin again
   */
  private boolean reviseAt(int slot, EntryRevision revision, PendingDrops drops) {
    int before = changes;
    long revised = revision.of(set, pages[slot], entries[slot]);
    if (changes != before) {
      return false;
    }
    if (revised == EntryBits.NONE) {
      removeAt(slot, drops);
    } else if (revised != entries[slot]) {
      replaceAt(slot, revised, drops);
    }
    return true;
  }

  private void append(long page, long entry) {
    if (size == pages.length) {
      int slots = Math.max(FEWEST_SLOTS, size * 2);
      pages = Arrays.copyOf(pages, slots);
      entries = Arrays.copyOf(entries, slots);
      decoded = Arrays.copyOf(decoded, slots);
    }
    pages[size] = page;
    entries[size] = entry;
    decoded[size] = EntryBits.decoded(page, entry);
    index.put(key(page, EntryBits.span(entry)), size);
    size++;
    changes++;
    count(entry, 1);
    listed = null;
  }

  /** Replaces an entry by one of the same span. */
  private void replaceAt(int slot, long entry, PendingDrops drops) {
    long old = entries[slot];
    if (!EntryBits.sameToProcessor(old, entry)) {
      drops.changed(pages[slot], old);
      decoded[slot] = EntryBits.decoded(pages[slot], entry);
      listed = null;
    }
    count(old, -1);
    count(entry, 1);
    entries[slot] = entry;
    changes++;
  }

  private void removeAt(int slot, PendingDrops drops) {
    drops.changed(pages[slot], entries[slot]);
    count(entries[slot], -1);
    index.remove(key(pages[slot], EntryBits.span(entries[slot])));
    size--;
    changes++;
    if (slot < size) {
      pages[slot] = pages[size];
      entries[slot] = entries[size];
      decoded[slot] = decoded[size];
      index.put(key(pages[slot], EntryBits.span(entries[slot])), slot);
    }
    listed = null;
  }

  private void count(long entry, int change) {
    countBySpan[EntryBits.span(entry).code()] += change;
    if (EntryBits.isFragment(entry)) {
      fragments += change;
    }
  }

  private static long key(long page, Span span) {
    return page << SPAN_BITS | span.code();
  }
}
