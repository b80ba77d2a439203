package io.vtlb.model.admissible;

import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.PageSize;
import io.vtlb.model.memory.GuestPhysicalMemory;
import io.vtlb.model.paging.EntryBits;
import io.vtlb.model.paging.GuestWalk;
import io.vtlb.model.paging.Level;
import io.vtlb.model.paging.PartialWalk;
import io.vtlb.model.paging.Translation;
import io.vtlb.model.paging.Walker;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The complete translations and partial walks that the caches of one virtual CPU may hold, kept
 * saturated.
 *
 * <p><em>Filling</em>: an entry now in memory that is present, has no reserved bit set and has A=1
 * extends the root or a held partial walk, or completes it. It happens at once after each change of
 * memory or control state, and only where that change reaches. <em>Dropping</em>: what an {@link
 * Invalidation} names, and nothing else; what memory still says is filled again at once.
 *
 * <p>Source: Intel SDM vol. 3, 4.10.2 and 4.10.3. The same set defined by history instead is the
 * oracle of this class's tests.
 */
public final class AdmissibleTranslations {

  private final Walker walker;
  private final GuestPhysicalMemory memory;
  private final Set<PartialWalk> walks = new LinkedHashSet<>();

  /** By depth of the leaf's level, then by first page. */
  private final List<Map<Long, List<Holding>>> holdings = new ArrayList<>();

  private ControlState control;
  private PartialWalk root;

  public AdmissibleTranslations(Walker walker, GuestPhysicalMemory memory, ControlState control) {
    this.walker = walker;
    this.memory = memory;
    this.control = control;
    this.root = PartialWalk.root(walker.mode(), control);
    walker.mode().levels().forEach(level -> holdings.add(new HashMap<>()));
    extend(root);
  }

  /** The control state that accesses are judged under now. */
  public ControlState control() {
    return control;
  }

  /** The walk that has read nothing but CR3. */
  public PartialWalk root() {
    return root;
  }

  /** The partial walks that paging-structure caches may hold; the root is not among them. */
  public Collection<PartialWalk> walks() {
    return walks;
  }

  /** Visits each complete translation that may be held for a linear page, numbered in 4 KiB. */
  public void forEach(long page, Consumer<Translation> visitor) {
    for (int depth = 0; depth < holdings.size(); depth++) {
      for (Holding holding : at(depth, page)) {
        if (holding.holds(page)) {
          visitor.accept(holding.translation());
        }
      }
    }
  }

  /** The complete translations that may be held for a linear page, numbered in 4 KiB. */
  public List<Translation> at(long page) {
    List<Translation> found = new ArrayList<>(2);
    forEach(page, found::add);
    return found;
  }

  /** True if this translation may be held whole, with no page dropped from it. */
  public boolean holdsWhole(Translation translation) {
    for (Holding holding : at(depthOf(translation), translation.page())) {
      if (holding.translation().equals(translation)) {
        return holding.isWhole();
      }
    }
    return false;
  }

  /**
   * True if fragments of a large page around a linear page may be held, that page's own included or
   * not.
   */
  public boolean mayHoldFragmentsAround(long page) {
    for (int depth = 0; depth < holdings.size(); depth++) {
      for (Holding holding : at(depth, page)) {
        if (holding.translation().pages() > 1) {
          return true;
        }
      }
    }
    return false;
  }

  /** Takes note that the word at a guest-physical address has changed. */
  public void stored(long physicalAddress) {
    long frame = physicalAddress >>> PageSize.BASE_SHIFT;
    long entryAddress = physicalAddress & -(long) walker.mode().format().bytes();
    if (root.table() == frame) {
      extend(root, entryAddress);
    }
    List<PartialWalk> reached = null;
    for (PartialWalk walk : walks) {
      if (walk.table() == frame) {
        reached = reached == null ? new ArrayList<>(4) : reached;
        reached.add(walk);
      }
    }
    if (reached != null) {
      reached.forEach(walk -> extend(walk, entryAddress));
    }
  }

  /**
   * Takes note of new control state, after dropping what the change obliges to drop.
   *
   * @return the translations that may no longer be held, a large one in part as base pages
   */
  public List<Translation> controlWritten(ControlState after, List<Invalidation> obliged) {
    List<Translation> gone = new ArrayList<>();
    obliged.forEach(invalidation -> remove(invalidation, gone));
    control = after;
    root = PartialWalk.root(walker.mode(), after);
    saturate();
    return withoutRefilled(gone);
  }

  /**
   * Drops what an invalidation names.
   *
   * @return the translations that may no longer be held, a large one in part as base pages
   */
  public List<Translation> drop(Invalidation invalidation) {
    List<Translation> gone = new ArrayList<>();
    remove(invalidation, gone);
    saturate();
    return withoutRefilled(gone);
  }

  private void remove(Invalidation invalidation, List<Translation> gone) {
    switch (invalidation.scope()) {
      case Invalidation.Scope.Everywhere() -> {
        walks.clear();
        holdings.forEach(byPage -> removeAll(byPage, invalidation.globals(), gone));
      }
      case Invalidation.Scope.OnePage(long page, boolean throughout) -> {
        if (throughout) {
          walks.clear();
        } else {
          walks.removeIf(walk -> walk.leadsTo(page, walker.mode()));
        }
        removePage(page, throughout && mapsLargePage(page), gone);
      }
      case Invalidation.Scope.WalksTo(long page) ->
          walks.removeIf(walk -> walk.leadsTo(page, walker.mode()));
    }
  }

  private static void removeAll(
      Map<Long, List<Holding>> byPage, boolean globals, List<Translation> gone) {
    for (List<Holding> held : byPage.values()) {
      for (Iterator<Holding> all = held.iterator(); all.hasNext(); ) {
        Translation translation = all.next().translation();
        if (globals || !translation.global()) {
          all.remove();
          gone.add(translation);
        }
      }
    }
  }

  /**
   * Drops one page. A large translation goes as a whole only by INVLPG and only while the tables
   * map a large page there; if not, it may live on in fragments, and only the fragment named goes
   * (Intel SDM vol. 3, 4.10.4.1, on pages cached in fragments).
   */
  private void removePage(long page, boolean wholly, List<Translation> gone) {
    for (int depth = 0; depth < holdings.size(); depth++) {
      for (Iterator<Holding> all = at(depth, page).iterator(); all.hasNext(); ) {
        Holding holding = all.next();
        if (holding.translation().pages() == 1 || wholly) {
          all.remove();
          gone.add(holding.translation());
        } else if (holding.drop(page)) {
          gone.add(holding.translation().fragment(page));
        }
      }
    }
  }

  private boolean mapsLargePage(long page) {
    return walker.walk(memory, control, page).end()
            instanceof GuestWalk.End.Reached(Translation translation)
        && translation.pages() > 1;
  }

  private List<Translation> withoutRefilled(List<Translation> gone) {
    gone.removeIf(translation ->
        translation.pages() == 1
            ? at(translation.page()).stream()
                .anyMatch(held -> held.fragment(translation.page()).equals(translation))
            : holdsWhole(translation));
    return gone;
  }

  private void saturate() {
    extend(root);
    List.copyOf(walks).forEach(this::extend);
  }

  /** Extends a walk by every entry of its table. Words never written are not present. */
  private void extend(PartialWalk walk) {
    memory.forEachWritten(walk.table(), address -> extend(walk, address));
  }

  /** Extends a walk by one entry of its table, if caches may be filled from it. */
  private void extend(PartialWalk walk, long entryAddress) {
    Level level = walker.mode().levels().get(walk.depth());
    int bytes = walker.mode().format().bytes();
    if (entryAddress % bytes != 0) {
      return;
    }
    long entry = memory.read(entryAddress, bytes);
    if ((entry & EntryBits.ACCESSED) == 0) {
      return;
    }
    long page = walk.page() + (long) PageSize.offset(entryAddress) / bytes * level.pages();
    switch (walker.meaning(entry, level, control)) {
      case NOT_PRESENT, RESERVED -> {}
      case LEAF -> hold(walk.depth(), walker.leaf(walk, entry, control, page));
      case TABLE -> {
        PartialWalk next = walker.table(walk, entry, control, page);
        if (walks.add(next)) {
          extend(next);
        }
      }
    }
  }

  private void hold(int depth, Translation translation) {
    List<Holding> held =
        holdings.get(depth).computeIfAbsent(translation.page(), page -> new ArrayList<>(2));
    for (Holding holding : held) {
      if (holding.translation().equals(translation)) {
        holding.refill();
        return;
      }
    }
    held.add(new Holding(translation));
  }

  private List<Holding> at(int depth, long page) {
    Level level = walker.mode().levels().get(depth);
    return holdings.get(depth).getOrDefault(level.firstPage(page), List.of());
  }

  private int depthOf(Translation translation) {
    List<Level> levels = walker.mode().levels();
    for (int depth = 0; depth < levels.size(); depth++) {
      if (levels.get(depth).pages() == translation.pages()) {
        return depth;
      }
    }
    throw new IllegalArgumentException("no level maps " + translation.pages() + " pages");
  }
}
