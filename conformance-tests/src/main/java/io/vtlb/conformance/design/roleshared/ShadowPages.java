package io.vtlb.conformance.design.roleshared;

import io.vtlb.conformance.design.parts.HostMemory;
import io.vtlb.conformance.design.roleshared.ShadowPage.Slot;
import io.vtlb.model.machine.ControlRegister;
import io.vtlb.model.machine.ControlState;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All shadow pages of one machine, found by guest frame and role, with the reverse map and what
 * processors still have to be told.
 */
final class ShadowPages {

  /** The oldest pages go when there are more, not counting those that a root starts at. */
  private static final int MOST = 16;

  /** A fault may need this many new ones: a walk, and the fragments of its page. */
  private static final int SPARE = 8;

  private final Set<Slip> slips;
  private final HostMemory host;
  private final NavigableMap<Long, List<ShadowPage>> byFrame = new TreeMap<>();
  private final Set<ShadowPage> byAge = new LinkedHashSet<>();
  private final ReverseMap reverse;
  private long version;
  private boolean flushOwed;
  private boolean writersLost;

  ShadowPages(HostMemory host, Set<Slip> slips) {
    this.host = host;
    this.slips = slips;
    this.reverse = new ReverseMap(slips);
  }

  /** Changes whenever something is entered. */
  long version() {
    return version;
  }

  /** True if some processor may still hold what is gone here. */
  boolean owesFlush() {
    return flushOwed;
  }

  /** Every processor of the machine is asked to drop everything. */
  void flushed() {
    flushOwed = false;
    writersLost = false;
  }

  /**
   * True if a processor may still write, until it is flushed, what is write-protected here: what
   * was read of guest memory may be out of date at once.
   */
  boolean maybeWritten() {
    return writersLost;
  }

  /** The shadows of guest tables in a run of frames. */
  List<ShadowPage> tablesIn(long frame, long frames) {
    return byFrame.subMap(frame, true, frame + frames, false).values().stream()
        .flatMap(List::stream)
        .filter(page -> !page.role.direct())
        .toList();
  }

  /** The shadow page of a frame in a role, or null. */
  @Nullable ShadowPage find(long frame, Role role) {
    for (ShadowPage page : byFrame.getOrDefault(frame, List.of())) {
      if (keyed(page.role).equals(keyed(role))) {
        return page;
      }
    }
    return null;
  }

  /** The part of a role that has to be the same. */
  private Role keyed(Role role) {
    ControlState meaning = role.meaning();
    if (slips.contains(Slip.SHARED_ACROSS_NXE)) {
      long efer = meaning.efer() & ~ControlState.EFER_NXE;
      return role.with(role.quadrant(), meaning.with(ControlRegister.EFER, efer));
    }
    return slips.contains(Slip.CHILD_REUSED_DESPITE_ROLE) && role.level() == 1
        ? role.with(role.quadrant(), Role.meaning(new ControlState(0, 0, 0, 0)))
        : role;
  }

  /** The shadow page of a frame in a role, made if there is none. */
  ShadowPage obtain(long frame, Role role) {
    ShadowPage known = find(frame, role);
    return known == null ? create(frame, role) : known;
  }

  /** A new shadow page; if it is a table's, nobody writes the table unseen from now on. */
  ShadowPage create(long frame, Role role) {
    ShadowPage page = new ShadowPage(frame, role);
    byFrame.computeIfAbsent(frame, key -> new ArrayList<>()).add(page);
    byAge.add(page);
    if (!role.direct()) {
      writeProtect(frame, 1);
    }
    return page;
  }

  /** Takes the write right away from every leaf that maps a frame of a run. */
  void writeProtect(long frame, long frames) {
    boolean flush = !slips.contains(Slip.WRITE_PROTECTION_SKIPS_FLUSH);
    reverse.of(frame, frames).forEach(slot -> writeProtect(slot, flush));
  }

  /** Takes every write right away; each frame that had one counts as written. */
  void writeProtectAll() {
    reverse.all().forEach(slot -> writeProtect(slot, true));
  }

  private void writeProtect(Slot slot, boolean flush) {
    if (slot.entry() instanceof ShadowEntry.Leaf leaf && leaf.writable()) {
      put(slot, leaf.writeProtected(), flush);
    }
  }

  /** Enters a leaf or a device. */
  void put(ShadowPage page, int index, ShadowEntry entry) {
    put(new Slot(page, index), entry, true);
  }

  private void put(Slot slot, ShadowEntry entry, boolean flush) {
    ShadowEntry old = slot.entry();
    if (entry.equals(old)) {
      return;
    }
    if (old instanceof ShadowEntry.Leaf before && entry instanceof ShadowEntry.Leaf now) {
      if (!now.widens(before)) {
        boolean noted = !slips.contains(Slip.DIRTINESS_LOST_WITH_WRITE_RIGHT);
        lose(before, noted ? slot.page().role.pages() : 0, flush);
      }
      if (!slips.contains(Slip.STALE_REVERSE_MAP)) {
        reverse.remove(before.frame(), slot);
        reverse.add(now.frame(), slot);
      }
    } else {
      drop(slot, flush);
      if (entry instanceof ShadowEntry.Leaf leaf) {
        reverse.add(leaf.frame(), slot);
      }
    }
    enter(slot, entry);
  }

  private void enter(Slot slot, ShadowEntry entry) {
    slot.page().entries.put(slot.index(), entry);
    slot.page().enteredAt = ++version;
  }

  /**
   * A leaf goes, or loses rights: processors may hold it still, and may have written through it.
   *
   * @param flush false if they are not asked to forget it, by a slip
   */
  private void lose(ShadowEntry.Leaf leaf, long pages, boolean flush) {
    flushOwed |= flush;
    if (leaf.writable()) {
      writersLost |= flush;
      host.wrote(leaf.frame(), pages);
    }
  }

  /** Links an entry to a page of the next level. */
  void link(ShadowPage parent, int index, ShadowPage child) {
    Slot slot = new Slot(parent, index);
    if (!(slot.entry() instanceof ShadowEntry.Link(ShadowPage linked) && linked == child)) {
      drop(slot);
      child.parents.add(slot);
      enter(slot, new ShadowEntry.Link(child));
    }
  }

  /** Makes an entry not present. */
  void drop(Slot slot) {
    drop(slot, true);
  }

  private void drop(Slot slot, boolean flush) {
    switch (slot.page().entries.remove(slot.index())) {
      case ShadowEntry.Link(ShadowPage child) -> {
        child.parents.remove(slot);
        flushOwed |= flush;
      }
      case ShadowEntry.Leaf leaf -> {
        reverse.remove(leaf.frame(), slot);
        lose(leaf, slot.page().role.pages(), flush);
      }
      case ShadowEntry.Device device -> {}
      case null -> {}
    }
  }

  /** Drops every leaf that maps a frame of a run. */
  void dropLeaves(long frame, long frames) {
    reverse.of(frame, frames).forEach(this::drop);
  }

  /** Drops every leaf. */
  void dropAll() {
    reverse.all().forEach(this::drop);
  }

  /** Forgets the shadows of tables in a run of frames, whose content is another now. */
  void zapTables(long frame, long frames) {
    tablesIn(frame, frames).forEach(this::zap);
  }

  /** Drops the oldest pages until a fault has room, but none that a root starts at. */
  void makeRoom() {
    List<ShadowPage> idle = byAge.stream().filter(page -> page.roots.isEmpty()).toList();
    idle.stream().limit(Math.max(0, idle.size() + SPARE - MOST)).forEach(this::zap);
  }

  private void zap(ShadowPage page) {
    if (page.roots.isEmpty() || !slips.contains(Slip.FREED_ROOT_IN_USE)) {
      empty(page, !slips.contains(Slip.ZAP_SKIPS_FLUSH));
    }
    page.zapped = true;
    byAge.remove(page);
    List<ShadowPage> alike = byFrame.getOrDefault(page.frame, List.of());
    alike.remove(page);
    if (alike.isEmpty()) {
      byFrame.remove(page.frame);
    }
  }

  /** Takes everything from a shadow page, and itself from what uses it. */
  private void empty(ShadowPage page, boolean flush) {
    if (!slips.contains(Slip.ZAP_LEAVES_PARENT_LINK)) {
      List.copyOf(page.parents).forEach(parent -> drop(parent, flush));
    }
    page.indices().forEach(index -> drop(new Slot(page, index), flush));
    page.roots.forEach(root -> root.lose(page));
    page.roots.clear();
  }
}
