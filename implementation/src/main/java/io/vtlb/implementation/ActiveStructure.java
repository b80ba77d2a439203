package io.vtlb.implementation;

import io.vtlb.model.machine.PrivilegeSet;
import io.vtlb.model.target.ActiveEntry;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The active structure of one privilege set of one virtual CPU: its valid entries, of which no two
 * cover the same page.
 *
 * <p>Layout: a sparse set. The entries lie side by side in the first {@code size} slots of parallel
 * arrays, so that a resync is one pass over primitive arrays whose length is the number of valid
 * entries, and an index finds the slot of a page. A removal moves the last entry into the slot that
 * becomes free. Each entry is also kept as the kit sees it, so that a list is one copy of
 * references. Nothing is as large as the address space: an empty structure takes under 1 KiB.
 *
 * <p>Each method that changes content takes the drops of the event and notes every entry that
 * disappears or changes. So what the processor may have cached and was not told to drop is always
 * still listed here, as it was cached.
 */
final class ActiveStructure {

  private static final int INITIAL_SLOTS = 16;

  /** Sets the key of a 4 MiB entry apart from that of a 4 KiB entry at the same page. */
  private static final int LARGE_KEY = 1 << 20;

  private static final EntryRevision ONLY_LARGE =
      (set, page, entry) -> EntryBits.isLarge(entry) ? entry : EntryBits.NONE;
  private static final EntryRevision WITHOUT_FRAGMENTS =
      (set, page, entry) -> EntryBits.isFragment(entry) ? EntryBits.NONE : entry;

  private final PrivilegeSet set;
  private final PageIndex index = new PageIndex();
  private int[] pages = new int[INITIAL_SLOTS];
  private long[] entries = new long[INITIAL_SLOTS];
  private ActiveEntry[] decoded = new ActiveEntry[INITIAL_SLOTS];
  private int size;
  private int largeEntries;
  private int fragments;
  private @Nullable List<ActiveEntry> listed;

  /** A structure of a privilege set, without any valid entry (claim 10). */
  ActiveStructure(PrivilegeSet set) {
    this.set = set;
  }

  /** The entry that maps a page, or {@link EntryBits#NONE}. */
  long covering(int page) {
    int slot = slotCovering(page);
    return slot == PageIndex.ABSENT ? EntryBits.NONE : entries[slot];
  }

  /** Installs an entry that starts at {@code page}, in place of all that overlap it. */
  void install(int page, long entry, PendingDrops drops) {
    if (EntryBits.isLarge(entry)) {
      if (size > largeEntries) {
        reviseRegion(page, ONLY_LARGE, drops);
      }
    } else if (largeEntries > 0) {
      removeAt(index.slot(key(LinearPage.regionStart(page), EntryBits.LARGE)), drops);
    }
    int slot = index.slot(key(page, entry));
    if (slot == PageIndex.ABSENT) {
      append(page, entry);
    } else {
      replaceAt(slot, entry, drops);
    }
  }

  /** Removes the entry that maps a page, if there is one. */
  void remove(int page, PendingDrops drops) {
    removeAt(slotCovering(page), drops);
  }

  /**
   * Removes what an invalidation of a page must reach: the entry that maps it and, as they may
   * belong to the same guest page, the fragments of 4 MiB guest pages in its region.
   */
  void invalidate(int page, PendingDrops drops) {
    remove(page, drops);
    if (fragments > 0) {
      reviseRegion(page, WITHOUT_FRAGMENTS, drops);
    }
  }

  /** Revises the entry that maps a page, if there is one. */
  void reviseCovering(int page, EntryRevision revision, PendingDrops drops) {
    int slot = slotCovering(page);
    if (slot != PageIndex.ABSENT) {
      reviseAt(slot, revision, drops);
    }
  }

  /** Revises the entries of the 4 MiB region that a page lies in. */
  void reviseRegion(int page, EntryRevision revision, PendingDrops drops) {
    int region = LinearPage.regionStart(page);
    for (int slot = size - 1; slot >= 0; slot--) {
      if (LinearPage.regionStart(pages[slot]) == region) {
        reviseAt(slot, revision, drops);
      }
    }
  }

  /** Revises every entry. */
  void reviseAll(EntryRevision revision, PendingDrops drops) {
    for (int slot = size - 1; slot >= 0; slot--) {
      reviseAt(slot, revision, drops);
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

  private int slotCovering(int page) {
    int slot = index.slot(page);
    if (slot == PageIndex.ABSENT && largeEntries > 0) {
      slot = index.slot(key(LinearPage.regionStart(page), EntryBits.LARGE));
    }
    return slot;
  }

  /** A removal moves the last entry into the slot: callers that loop go from the last slot down. */
  private void reviseAt(int slot, EntryRevision revision, PendingDrops drops) {
    long revised = revision.of(set, pages[slot], entries[slot]);
    if (revised == EntryBits.NONE) {
      removeAt(slot, drops);
    } else if (revised != entries[slot]) {
      replaceAt(slot, revised, drops);
    }
  }

  private void append(int page, long entry) {
    if (size == pages.length) {
      pages = Arrays.copyOf(pages, size * 2);
      entries = Arrays.copyOf(entries, size * 2);
      decoded = Arrays.copyOf(decoded, size * 2);
    }
    pages[size] = page;
    entries[size] = entry;
    decoded[size] = EntryBits.decoded(page, entry);
    index.put(key(page, entry), size);
    size++;
    count(entry, 1);
    listed = null;
  }

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
  }

  private void removeAt(int slot, PendingDrops drops) {
    if (slot == PageIndex.ABSENT) {
      return;
    }
    drops.changed(pages[slot], entries[slot]);
    count(entries[slot], -1);
    index.remove(key(pages[slot], entries[slot]));
    size--;
    if (slot < size) {
      pages[slot] = pages[size];
      entries[slot] = entries[size];
      decoded[slot] = decoded[size];
      index.put(key(pages[slot], entries[slot]), slot);
    }
    listed = null;
  }

  private void count(long entry, int change) {
    if (EntryBits.isLarge(entry)) {
      largeEntries += change;
    } else if (EntryBits.isFragment(entry)) {
      fragments += change;
    }
  }

  private static int key(int page, long entry) {
    return EntryBits.isLarge(entry) ? page | LARGE_KEY : page;
  }
}
