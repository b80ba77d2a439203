package io.vtlb.conformance.design.roleshared;

import io.vtlb.conformance.design.parts.HostMemory;
import io.vtlb.conformance.design.roleshared.ShadowPage.Slot;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.PageSize;
import io.vtlb.model.paging.EntryBits;
import io.vtlb.model.paging.EntryMeaning;
import io.vtlb.model.paging.Level;
import io.vtlb.model.paging.PagingMode;
import io.vtlb.model.paging.PartialWalk;
import io.vtlb.model.paging.Translation;
import io.vtlb.model.paging.Walker;
import io.vtlb.model.target.GuestMemory;
import io.vtlb.model.target.HostRange;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What keeps shadow pages in step with guest tables: stores to upper tables are seen and undone at
 * once; leaf tables may be written unseen, and are compared when the guest flushes.
 */
final class Synchronization {

  private final ShadowPages pages;
  private final HostMemory host;
  private final GuestMemory memory;
  private final Walker walker;
  private final Set<Slip> slips;

  Synchronization(
      ShadowPages pages, HostMemory host, GuestMemory memory, Walker walker, Set<Slip> slips) {
    this.pages = pages;
    this.host = host;
    this.memory = memory;
    this.walker = walker;
    this.slips = slips;
  }

  /**
   * True if a leaf may grant writes to a run of frames. Where tables with nothing but last-level
   * entries are all that keeps a store at hand from it, they go out of step.
   *
   * @param store true if the guest stores there now
   * @param meaning the writer's
   */
  private boolean mayWrite(long frame, long frames, boolean store, ControlState meaning) {
    if (host.map().behind(frame, frames).stream().anyMatch(HostRange::readOnly)) {
      return false;
    }
    if (frames > 1) {
      return true;
    }
    List<ShadowPage> tables = pages.tablesIn(frame, 1);
    if (slips.contains(Slip.TRACKED_IN_ONE_ADDRESS_SPACE)) {
      tables = tables.stream().filter(table -> table.role.meaning().equals(meaning)).toList();
    }
    if (tables.stream().allMatch(table -> table.unsync)) {
      return true;
    }
    if (!store || tables.stream().anyMatch(table -> table.role.level() > 1)) {
      return false;
    }
    for (ShadowPage table : tables) {
      if (!slips.contains(Slip.WRITE_REACHES_ONE_QUADRANT) || table.role.quadrant() == 0) {
        table.unsync = true;
      }
    }
    return true;
  }

  /** The guest, or the VMM for it, stored to a table: no entry made from what was there stays. */
  void stored(long physicalAddress, int bytes) {
    long frame = physicalAddress >>> PageSize.BASE_SHIFT;
    int offset = PageSize.offset(physicalAddress);
    for (ShadowPage page : pages.tablesIn(frame, 1)) {
      int width = page.role.mode().format().bytes();
      int last = slips.contains(Slip.ONLY_FIRST_ENTRY_WRITTEN) ? offset : offset + bytes - 1;
      for (int guestIndex = offset / width; guestIndex <= last / width; guestIndex++) {
        int first = page.role.shadowIndex(guestIndex);
        for (int half = 0; first >= 0 && half < 1 << page.role.spread(); half++) {
          pages.drop(new Slot(page, first + half));
        }
      }
    }
  }

  /** True if nothing was entered since a version in any page that can be reached from here. */
  static boolean isAsAt(List<ShadowPage> from, long version) {
    return reachable(from).stream().allMatch(page -> page.enteredAt <= version);
  }

  /** Brings every table that can be reached from here in step. */
  void all(List<ShadowPage> from) {
    reachable(from).stream().filter(page -> page.unsync).toList().forEach(this::table);
  }

  private static Set<ShadowPage> reachable(List<ShadowPage> from) {
    Set<ShadowPage> reached = new LinkedHashSet<>();
    from.forEach(page -> reach(page, reached));
    return reached;
  }

  private static void reach(ShadowPage from, Set<ShadowPage> reached) {
    if (reached.add(from)) {
      for (ShadowEntry entry : from.entries.values()) {
        if (entry instanceof ShadowEntry.Link(ShadowPage child)) {
          reach(child, reached);
        }
      }
    }
  }

  /**
   * Compares each entry of a table, after nobody may write it any more; while a processor may, it
   * stays out of step.
   */
  private void table(ShadowPage page) {
    pages.writeProtect(page.frame, 1);
    page.unsync = false; // before its own entries are granted writes to it
    for (int index : page.indices()) {
      entry(new Slot(page, index));
    }
    page.unsync = pages.maybeWritten();
  }

  /** Makes one entry of a table agree with the guest's, or drops it. */
  void entry(Slot slot) {
    Translation guest = guestLeaf(slot.page(), slot.index());
    // Only now: while the guest's entry was read, the host may have dropped this one.
    if (guest != null
        && slot.entry() instanceof ShadowEntry.Leaf old
        && old.frame() == guest.frame()) {
      ShadowEntry.Leaf now = leaf(slot.page(), guest, guest.page(), old.hostFrame(), false);
      boolean kept = slips.contains(Slip.RESYNC_COMPARES_FRAME_ONLY);
      pages.put(slot.page(), slot.index(), kept ? now.granting(old.access()) : now);
    } else {
      pages.drop(slot);
    }
  }

  /**
   * The leaf for the entry of a page that maps a linear page by a guest's translation.
   *
   * @param hostFrame what is behind the linear page's frame
   * @param store true if the guest stores there now
   */
  ShadowEntry.Leaf leaf(
      ShadowPage page, Translation guest, long linearPage, long hostFrame, boolean store) {
    long size = page.role.pages();
    long offset = guest.frame(linearPage) & (size - 1);
    long first = guest.frame(linearPage) - offset;
    boolean writable = guest.dirty() && mayWrite(first, size, store, page.role.meaning());
    return new ShadowEntry.Leaf(first, hostFrame - offset, guest.rights(), guest.key(), writable);
  }

  /** What the guest's entry behind a last-level shadow entry says, if a TLB could hold it. */
  @Nullable Translation guestLeaf(ShadowPage page, int index) {
    Role role = page.role;
    PagingMode mode = role.mode();
    Level level = mode.level(role.depth());
    PartialWalk reached = new PartialWalk(role.depth(), 0, page.frame, role.access(), 0);
    long address = Walker.entryAddress(reached, role.guestIndex(index), mode);
    long entry = memory.read(address, mode.format().bytes());
    boolean usable =
        walker.meaning(entry, level, mode, role.meaning()) == EntryMeaning.LEAF
            && (entry & EntryBits.ACCESSED) != 0;
    return usable ? walker.leaf(reached, entry, mode, role.meaning(), 0) : null;
  }
}
