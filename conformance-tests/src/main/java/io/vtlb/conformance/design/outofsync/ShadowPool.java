package io.vtlb.conformance.design.outofsync;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntSupplier;
import java.util.function.LongPredicate;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The shadow pages of one machine: found by frame and type, counted by reference, and bounded.
 *
 * <p>Root shadows are pinned, so that they outlive a change of address space, and recycled when
 * room is needed. Whatever takes something away from a processor asks for a flush.
 */
final class ShadowPool {

  /** What a shadow page is found by. */
  record Key(long frame, ShadowType type) {}

  /** What becomes of an entry. */
  private interface Change {
    @Nullable ShadowEntry of(ShadowEntry entry);
  }

  private final IntSupplier limit;
  private final Predicate<Shadow> loaded;
  private final Set<Slip> slips;
  private final Map<Key, Shadow> shadows = new LinkedHashMap<>();

  /** The least recently loaded comes first. */
  private final Set<Shadow> pinned = new LinkedHashSet<>();

  private boolean flushNeeded;

  /**
   * @param limit how many shadow pages there may be
   * @param loaded true for the root shadows that some virtual CPU runs on
   */
  ShadowPool(IntSupplier limit, Predicate<Shadow> loaded, Set<Slip> slips) {
    this.limit = limit;
    this.loaded = loaded;
    this.slips = slips;
  }

  Collection<Shadow> all() {
    return List.copyOf(shadows.values());
  }

  @Nullable Shadow find(Key key) {
    return shadows.get(key);
  }

  Shadow obtain(Key key) {
    return shadows.computeIfAbsent(key, unseen -> new Shadow(key.frame(), key.type()));
  }

  /** The shadows of a guest table; none if the frame is no table. */
  List<Shadow> ofTable(long frame) {
    return shadows.values().stream()
        .filter(one -> one.frame() == frame && one.alive && !one.type().splintered())
        .toList();
  }

  /** Replaces an entry, in step with the references and with what processors may have cached. */
  void set(Shadow shadow, int index, @Nullable ShadowEntry entry) {
    set(shadow, index, entry, true);
  }

  private void set(Shadow shadow, int index, @Nullable ShadowEntry entry, boolean flush) {
    if (entry instanceof ShadowEntry.Link link) {
      link.child().references++;
    }
    ShadowEntry old = shadow.put(index, entry);
    if (old instanceof ShadowEntry.Link link) {
      flushNeeded |= flush && !old.equals(entry);
      link.child().references--;
      releaseIfUnused(link.child());
    } else if (old instanceof ShadowEntry.Page page) {
      flushNeeded |= flush && !mayStayCached(page, entry);
    }
  }

  private boolean mayStayCached(ShadowEntry.Page old, @Nullable ShadowEntry entry) {
    return switch (entry) {
      case ShadowEntry.Page now -> now.includes(old);
      case ShadowEntry.Device device -> false;
      case ShadowEntry.Link link -> false;
      case null -> slips.contains(Slip.CLEARED_ENTRY_NOT_FLUSHED);
    };
  }

  /** Changes every entry that there is, by a search through all shadows. */
  private void replaceEach(Change change, boolean flush) {
    for (Shadow shadow : all()) {
      for (int index : shadow.indices()) {
        ShadowEntry entry = shadow.get(index);
        if (entry != null) {
          set(shadow, index, change.of(entry), flush);
        }
      }
    }
  }

  /**
   * Makes every entry that maps such a frame read-only.
   *
   * @param flush false if processors may keep what they have, by a slip
   */
  void removeWriteAccess(LongPredicate frames, boolean flush) {
    replaceEach(
        entry ->
            entry instanceof ShadowEntry.Page page && frames.test(page.frame())
                ? page.readOnly()
                : entry,
        flush);
  }

  /** Removes every entry for such a frame. */
  void removeMappings(LongPredicate frames) {
    replaceEach(entry -> entry.maps(frames) ? null : entry, true);
  }

  void clear(Shadow shadow) {
    shadow.indices().forEach(index -> set(shadow, index, null));
  }

  /** Keeps a root shadow though nothing refers to it. */
  void pin(Shadow root) {
    pinned.remove(root);
    pinned.add(root);
  }

  /** Makes room: drops root shadows that are not loaded, then what loaded ones lead to. */
  void reserve(int pages) {
    for (Shadow root : List.copyOf(pinned)) {
      boolean spared = loaded.test(root) && !slips.contains(Slip.LOADED_ROOT_RECYCLED);
      if (shadows.size() + pages > limit.getAsInt() && !spared) {
        unpin(root);
      }
    }
    if (shadows.size() + pages > limit.getAsInt()) {
      pinned.forEach(this::clear);
    }
  }

  /** Removes every shadow of some tables; one that a processor is on stays, with nothing in it. */
  void unshadow(LongPredicate tables) {
    for (Shadow shadow : all()) {
      if (!shadow.type().splintered() && tables.test(shadow.frame())) {
        clear(shadow);
        replaceEach(
            entry ->
                entry instanceof ShadowEntry.Link link && link.child() == shadow ? null : entry,
            true);
        if (!loaded.test(shadow)) {
          unpin(shadow);
        }
      }
    }
  }

  /** {@link Slip#HOST_SPLIT_FORGETS_TABLES}: takes the shadows of some tables for dead. */
  void forget(LongPredicate tables) {
    all().stream().filter(shadow -> tables.test(shadow.frame())).forEach(one -> one.alive = false);
  }

  /** True, once, if the processors have to be flushed. */
  boolean takeFlush() {
    boolean needed = flushNeeded;
    flushNeeded = false;
    return needed;
  }

  private void unpin(Shadow root) {
    pinned.remove(root);
    releaseIfUnused(root);
  }

  private void releaseIfUnused(Shadow shadow) {
    if (shadow.alive && shadow.references == 0 && !pinned.contains(shadow)) {
      shadow.alive = false;
      shadows.remove(new Key(shadow.frame(), shadow.type()));
      clear(shadow);
    }
  }
}
