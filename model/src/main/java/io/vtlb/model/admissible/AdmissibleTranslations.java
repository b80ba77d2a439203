package io.vtlb.model.admissible;

import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.PageSize;
import io.vtlb.model.machine.PdpteRegisters;
import io.vtlb.model.memory.GuestPhysicalMemory;
import io.vtlb.model.paging.EntryBits;
import io.vtlb.model.paging.GuestWalk;
import io.vtlb.model.paging.Level;
import io.vtlb.model.paging.PagingMode;
import io.vtlb.model.paging.PartialWalk;
import io.vtlb.model.paging.Translation;
import io.vtlb.model.paging.Walker;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
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
 * extends the root or a held partial walk of the current PCID, or completes it. It happens at once
 * after each change of memory or control state, and only where that change reaches.
 * <em>Dropping</em>: what an {@link Invalidation} names, and nothing else; what memory still says
 * is filled again at once.
 *
 * <p>Source: Intel SDM vol. 3, 4.10.2 and 4.10.3. The same set defined by history instead is the
 * oracle of this class's tests.
 */
public final class AdmissibleTranslations {

  private final Walker walker;
  private final GuestPhysicalMemory memory;
  private final Holdings holdings = new Holdings();

  /** By PCID; those of the current one are extended, the others wait. */
  private final Map<Integer, Set<PartialWalk>> walksByPcid = new HashMap<>();

  private Set<PartialWalk> walks;
  private ControlState control;
  private PagingMode mode;
  private PartialWalk root;
  private long losses;

  public AdmissibleTranslations(Walker walker, GuestPhysicalMemory memory, ControlState control) {
    this.walker = walker;
    this.memory = memory;
    this.control = control;
    this.mode = PagingMode.of(control);
    this.root = PartialWalk.root(mode, control);
    this.walks = walksOf(control.pcid());
    extend(root);
  }

  /** The control state that accesses are judged under now. */
  public ControlState control() {
    return control;
  }

  /** The paging mode that the control state selects. */
  public PagingMode mode() {
    return mode;
  }

  /** The walk that has read nothing but CR3. */
  public PartialWalk root() {
    return root;
  }

  /**
   * How often something ceased to be admissible, or control state changed; while it stays the same,
   * what was admissible is admissible.
   */
  public long losses() {
    return losses;
  }

  /**
   * The partial walks that paging-structure caches may hold under the current PCID; the root is not
   * among them.
   */
  public Collection<PartialWalk> walks() {
    return walks;
  }

  /** The root and every partial walk that reads entries from a table in this guest frame. */
  public List<PartialWalk> walksReading(long frame) {
    List<PartialWalk> reading = new ArrayList<>(4);
    if (reads(root, frame)) {
      reading.add(root);
    }
    for (PartialWalk walk : walks) {
      if (reads(walk, frame)) {
        reading.add(walk);
      }
    }
    return reading;
  }

  private boolean reads(PartialWalk walk, long frame) {
    return walk.table() == frame
        && walk.depth() < mode.levels().size()
        && mode.level(walk.depth()).inMemory();
  }

  /** Visits each complete translation that may be used for a linear page, numbered in 4 KiB. */
  public void forEach(long page, Consumer<Translation> visitor) {
    if (mode.levels().isEmpty()) {
      visitor.accept(Translation.identity(page));
    } else {
      holdings.forEach(page, control.pcid(), visitor);
    }
  }

  /** The complete translations that may be used for a linear page, numbered in 4 KiB. */
  public List<Translation> at(long page) {
    List<Translation> found = new ArrayList<>(2);
    forEach(page, found::add);
    return found;
  }

  /** True if this translation may be held whole, with no page dropped from it. */
  public boolean holdsWhole(Translation translation) {
    return holdings.holdsWhole(translation);
  }

  /**
   * True if a translation that may be held can still fault an access to a page which it denies: no
   * such fault was delivered since it was cached (Intel SDM vol. 3, 4.10.4.1).
   */
  public boolean mayDeny(Translation translation, long page) {
    return holdings.mayDeny(translation, page);
  }

  /**
   * True if fragments of a large page around a linear page may be held, that page's own included or
   * not.
   */
  public boolean mayHoldFragmentsAround(long page) {
    return holdings.holdsLargeAround(page, control.pcid());
  }

  /** Takes note that the word at a guest-physical address has changed. */
  public void stored(long physicalAddress) {
    int bytes = mode.format().bytes();
    long entryAddress = physicalAddress & -(long) bytes;
    for (PartialWalk walk : walksReading(physicalAddress >>> PageSize.BASE_SHIFT)) {
      extendInMemory(walk, entryAddress, memory.read(entryAddress, bytes));
    }
  }

  /**
   * Takes note of new control state, after dropping what the change obliges to drop.
   *
   * @return the translations that may no longer be used, a large one in part as base pages; those
   *     of a PCID that is left are among them
   */
  public List<Translation> controlWritten(ControlState after, List<Invalidation> obliged) {
    List<Translation> gone = new ArrayList<>();
    if (after.pcid() != control.pcid()) {
      holdings.addAllOf(control.pcid(), gone);
    }
    obliged.forEach(invalidation -> remove(invalidation, gone));
    control = after;
    mode = PagingMode.of(after);
    root = PartialWalk.root(mode, after);
    walks = walksOf(after.pcid());
    forgetWalksFromRegisters();
    saturate();
    losses++;
    return withoutRefilled(gone);
  }

  /** The PDPTE registers are no cache: what they held before a load is gone. */
  private void forgetWalksFromRegisters() {
    if (!mode.levels().isEmpty() && !mode.level(0).inMemory()) {
      walks.removeIf(walk -> walk.depth() == 1);
    }
  }

  /**
   * Drops what an invalidation names.
   *
   * @return the translations that may no longer be used, a large one in part as base pages
   */
  public List<Translation> drop(Invalidation invalidation) {
    List<Translation> gone = new ArrayList<>();
    remove(invalidation, gone);
    refill(invalidation.scope());
    losses++;
    return withoutRefilled(gone);
  }

  private void remove(Invalidation invalidation, List<Translation> gone) {
    removeWalks(invalidation);
    switch (invalidation.scope()) {
      case Invalidation.Scope.Everywhere() ->
          holdings.removeAll(invalidation.contexts(), invalidation.globals(), gone);
      case Invalidation.Scope.OnePage(long page, boolean everyWalk, boolean allFragments) -> {
        long pages = allFragments ? mappedPages(page) : 1;
        holdings.removePage(page, pages, invalidation.contexts(), invalidation.globals(), gone);
      }
      case Invalidation.Scope.WalksTo walksTo -> {}
      case Invalidation.Scope.Nowhere() -> {}
    }
  }

  private void removeWalks(Invalidation invalidation) {
    walksByPcid.forEach((pcid, held) -> {
      if (invalidation.contexts().include(pcid)) {
        switch (invalidation.scope()) {
          case Invalidation.Scope.Everywhere() -> held.clear();
          case Invalidation.Scope.OnePage(long page, boolean everyWalk, boolean allFragments) ->
              held.removeIf(walk -> everyWalk || walk.leadsTo(page, mode));
          case Invalidation.Scope.WalksTo(long page) ->
              held.removeIf(walk -> walk.leadsTo(page, mode));
          case Invalidation.Scope.Nowhere() -> {}
        }
      }
    });
  }

  /** The size, in base pages, of the page that the tables now map there; 1 where they map none. */
  private long mappedPages(long page) {
    return walker.walk(memory, control, page).end()
            instanceof GuestWalk.End.Reached(Translation translation)
        ? translation.pages()
        : 1;
  }

  private List<Translation> withoutRefilled(List<Translation> gone) {
    gone.removeIf(translation ->
        translation.usedUnder(control.pcid())
            && !mode.levels().isEmpty()
            && holdings.holdsAgain(translation));
    return gone;
  }

  private Set<PartialWalk> walksOf(int pcid) {
    return walksByPcid.computeIfAbsent(pcid, number -> new LinkedHashSet<>());
  }

  /** Fills again what was dropped and memory still says. */
  private void refill(Invalidation.Scope dropped) {
    switch (dropped) {
      case Invalidation.Scope.OnePage(long page, boolean everyWalk, boolean allFragments) -> {
        if (everyWalk || allFragments) {
          saturate();
        } else {
          refill(page);
        }
      }
      case Invalidation.Scope.WalksTo(long page) -> refill(page);
      case Invalidation.Scope.Nowhere() -> {}
      case Invalidation.Scope.Everywhere() -> saturate();
    }
  }

  /** Fills again what leads to one page: with nothing else dropped, all else is still there. */
  private void refill(long page) {
    refill(root, page);
    List.copyOf(walks).forEach(walk -> refill(walk, page));
  }

  private void refill(PartialWalk walk, long page) {
    if (walk.depth() < mode.levels().size() && walk.leadsTo(page, mode)) {
      Level level = mode.level(walk.depth());
      int index = level.index(page);
      if (level.inMemory()) {
        long address = Walker.entryAddress(walk, index, mode);
        extendInMemory(walk, address, memory.read(address, mode.format().bytes()));
      } else {
        extend(walk, index, control.pdptes().get(index));
      }
    }
  }

  private void saturate() {
    extend(root);
    List.copyOf(walks).forEach(this::extend);
  }

  /** Extends a walk by every entry of its table. Words never written are not present. */
  private void extend(PartialWalk walk) {
    if (walk.depth() >= mode.levels().size()) {
      return;
    }
    if (mode.level(walk.depth()).inMemory()) {
      int bytes = mode.format().bytes();
      memory.forEachEntry(
          walk.table(), bytes, (address, entry) -> extendInMemory(walk, address, entry));
    } else {
      for (int index = 0; index < PdpteRegisters.COUNT; index++) {
        extend(walk, index, control.pdptes().get(index));
      }
    }
  }

  /** Extends a walk by one entry of its table in memory, if caches may be filled from it. */
  private void extendInMemory(PartialWalk walk, long entryAddress, long entry) {
    if ((entry & EntryBits.ACCESSED) != 0) {
      extend(walk, PageSize.offset(entryAddress) / mode.format().bytes(), entry);
    }
  }

  private void extend(PartialWalk walk, int index, long entry) {
    Level level = mode.level(walk.depth());
    long page = mode.canonicalPage(walk.page() + index * level.pages());
    switch (walker.meaning(entry, level, mode, control)) {
      case NOT_PRESENT, RESERVED -> {}
      case LEAF -> holdings.hold(walker.leaf(walk, entry, mode, control, page));
      case TABLE -> {
        PartialWalk next = walker.table(walk, entry, mode, page);
        if (walks.add(next)) {
          extend(next);
        }
      }
    }
  }
}
