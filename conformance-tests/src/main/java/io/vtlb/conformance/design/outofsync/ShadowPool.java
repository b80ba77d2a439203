package io.vtlb.conformance.design.outofsync;

import java.util.ArrayList;
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

  private record Key(long frame, ShadowType type) {}

  private final IntSupplier limit;
  private final Predicate<Shadow> loaded;
  private final Set<Slip> slips;
  private final Map<Key, Shadow> shadows = new LinkedHashMap<>();

  /** The least recently loaded comes first. */
  private final Set<Shadow> pinned = new LinkedHashSet<>();

  private long version;
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

  /** Counts the changes of entries. */
  long version() {
    return version;
  }

  Collection<Shadow> all() {
    return List.copyOf(shadows.values());
  }

  @Nullable Shadow find(long frame, ShadowType type) {
    return shadows.get(new Key(frame, type));
  }

  Shadow obtain(long frame, ShadowType type) {
    return shadows.computeIfAbsent(new Key(frame, type), unseen -> new Shadow(frame, type));
  }

  /** The shadows of a guest table; none if the frame is no table. */
  List<Shadow> ofTable(long frame) {
    List<Shadow> found = new ArrayList<>(2);
    for (Shadow shadow : shadows.values()) {
      if (shadow.frame() == frame && !shadow.type().splintered()) {
        found.add(shadow);
      }
    }
    return found;
  }

  /** Replaces an entry, in step with the references and with what processors may have cached. */
  void set(Shadow shadow, int index, @Nullable ShadowEntry entry) {
    if (entry instanceof ShadowEntry.Link link) {
      link.child().references++;
    }
    ShadowEntry old = shadow.put(index, entry);
    version++;
    if (old instanceof ShadowEntry.Link link) {
      flushNeeded |= !old.equals(entry);
      link.child().references--;
      releaseIfUnused(link.child());
    } else if (old instanceof ShadowEntry.Page page) {
      flushNeeded |= !mayStayCached(page, entry);
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
        unlink(shadow);
        if (!loaded.test(shadow)) {
          unpin(shadow);
        }
      }
    }
  }

  private void unlink(Shadow shadow) {
    for (Shadow parent : all()) {
      for (int index : parent.indices()) {
        if (parent.get(index) instanceof ShadowEntry.Link link && link.child() == shadow) {
          set(parent, index, null);
        }
      }
    }
  }

  /** Asks for a flush, or leaves it at what was asked for. */
  void requestFlush(boolean needed) {
    flushNeeded |= needed;
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
