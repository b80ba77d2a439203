package io.vtlb.conformance.design.outofsync;

import io.vtlb.conformance.design.parts.HostMemory;
import io.vtlb.model.machine.PageSize;
import io.vtlb.model.paging.EntryBits;
import io.vtlb.model.paging.EntryFormat;
import io.vtlb.model.paging.EntryMeaning;
import io.vtlb.model.paging.Walker;
import io.vtlb.model.target.GuestMemory;
import io.vtlb.model.target.HostMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the shadows of guest tables in step: a frame that becomes a table is write-protected, a
 * store to it is emulated and validated, and a few of the lowest tables may be let go until the
 * guest flushes.
 */
final class TableSync {

  /** How many tables may be out of sync at once. */
  private static final int MOST_OUT_OF_SYNC = 3;

  private final GuestMemory memory;
  private final Walker walker;
  private final ShadowPool pool;
  private final HostMemory host;
  private final Set<Slip> slips;
  private final Set<Long> outOfSync = new LinkedHashSet<>();

  /** Stores to these lowest tables are emulated until the guest flushes. */
  private final Set<Long> contended = new LinkedHashSet<>();

  /** Protected since the last event, so that processors could store there until it was answered. */
  private final Set<Long> unconfirmed = new LinkedHashSet<>();

  TableSync(GuestMemory memory, Walker walker, ShadowPool pool, HostMemory host, Set<Slip> slips) {
    this.memory = memory;
    this.walker = walker;
    this.pool = pool;
    this.host = host;
    this.slips = slips;
  }

  boolean isTable(long frame) {
    return !pool.ofTable(frame).isEmpty();
  }

  /** True if a store to the frame has to be emulated. */
  boolean isProtected(long frame) {
    return isTable(frame) && !outOfSync.contains(frame);
  }

  boolean isInStep(Shadow shadow) {
    return shadow.type().splintered()
        || !(outOfSync.contains(shadow.frame()) || unconfirmed.contains(shadow.frame()));
  }

  /** The shadow of a frame, which becomes a table if it was none. */
  Shadow promote(ShadowPool.Key key) {
    if (!key.type().splintered() && !isTable(key.frame())) {
      protect(key.frame());
    }
    return pool.obtain(key);
  }

  private void protect(long frame) {
    pool.removeWriteAccess(one -> one == frame, !slips.contains(Slip.WRITE_PROTECTION_NOT_FLUSHED));
    unconfirmed.add(frame);
  }

  private boolean isLowest(long frame) {
    return pool.ofTable(frame).stream().allMatch(shadow -> shadow.type().isLowest());
  }

  /** True if a table may go out of sync: nothing but small pages hangs on it. */
  boolean mayLetGo(long frame) {
    return isLowest(frame) && !contended.contains(frame) && outOfSync.size() < MOST_OUT_OF_SYNC;
  }

  /** True if a store to a table may link others, or if it is to be let go and there is no room. */
  boolean needsOthersInStep(long frame) {
    return !isLowest(frame) || (!contended.contains(frame) && outOfSync.size() == MOST_OUT_OF_SYNC);
  }

  void letGo(long frame) {
    outOfSync.add(frame);
  }

  /** Compares what was protected during the last event, now that no processor can store there. */
  void confirm() {
    for (long frame : List.copyOf(unconfirmed)) {
      if (slips.contains(Slip.PROTECTED_TABLE_NOT_COMPARED)) {
        break;
      }
      pool.ofTable(frame).forEach(shadow -> compare(shadow, false));
    }
    unconfirmed.clear();
    outOfSync.removeIf(frame -> !isTable(frame));
  }

  /** The guest flushes: protects every table that is out of sync, then updates their shadows. */
  void resyncAll() {
    boolean allButOne = slips.contains(Slip.RESYNC_LEAVES_ONE_OUT) && !outOfSync.isEmpty();
    List<Long> tables = List.copyOf(outOfSync);
    resync(allButOne ? tables.subList(0, tables.size() - 1) : tables, true);
    contended.clear();
  }

  /**
   * Something has to be done that all tables must be in step for. They stay so until the guest
   * flushes, lest two parts of one store take turns.
   */
  void resyncForFault() {
    contended.addAll(outOfSync);
    resync(List.copyOf(outOfSync), false);
  }

  /** Resynchronises the table that maps a page, if it is out of sync. */
  void resync(Shadow table) {
    if (outOfSync.contains(table.frame())) {
      resync(List.of(table.frame()), true);
    }
  }

  private void resync(List<Long> tables, boolean update) {
    for (long frame : tables) {
      outOfSync.remove(frame);
      if (!slips.contains(Slip.RESYNC_LEAVES_TABLE_WRITABLE)) {
        protect(frame);
      }
    }
    for (long frame : tables) {
      pool.ofTable(frame).forEach(shadow -> compare(shadow, update));
    }
  }

  /** The host may do anything between a read and the next line. */
  private void compare(Shadow shadow, boolean update) {
    EntryFormat format = shadow.type().mode().format();
    for (int index : shadow.indices()) {
      long address = PageSize.address(shadow.frame(), index * format.bytes());
      long guest = memory.read(address, format.bytes());
      ShadowEntry entry = shadow.get(index);
      if (entry != null && differ(entry.guest(), guest)) {
        pool.set(shadow, index, update ? lowest(shadow.type(), guest) : null);
      }
    }
  }

  private boolean differ(long was, long is) {
    long rights = EntryBits.WRITABLE | EntryBits.USER;
    return slips.contains(Slip.RESYNC_OVERLOOKS_RIGHTS) ? ((was ^ is) & ~rights) != 0 : was != is;
  }

  /**
   * Validates the shadow entries of what an emulated store wrote. Where the host changed something
   * while an entry was read, the shadow to link may have gone, so the entry waits for a fault.
   */
  void stored(long address, int bytes) {
    for (Shadow shadow : pool.ofTable(address >>> PageSize.BASE_SHIFT)) {
      int width = shadow.type().mode().format().bytes();
      for (long at = address & -width; at < address + bytes; at += width) {
        long generation = host.generation();
        long guest = memory.read(at, width);
        boolean usable = shadow.alive && generation == host.generation();
        pool.set(shadow, PageSize.offset(at) / width, usable ? entry(shadow.type(), guest) : null);
      }
    }
  }

  /** The entry for a guest's entry of any level, as far as nothing has to be made for it. */
  private @Nullable ShadowEntry entry(ShadowType type, long guest) {
    return type.isLowest() ? lowest(type, guest) : upper(type, guest);
  }

  /** Links what has a shadow already; anything else waits for a fault. */
  private @Nullable ShadowEntry upper(ShadowType type, long guest) {
    boolean usable =
        switch (meaning(type, guest)) {
          case NOT_PRESENT, RESERVED -> false;
          case TABLE, LEAF -> (guest & EntryBits.ACCESSED) != 0 && unconfirmed.isEmpty();
        };
    Shadow child = usable ? pool.find(below(type, guest)) : null;
    return child == null ? null : new ShadowEntry.Link(guest, child);
  }

  /** The entry for a guest's entry of an upper level that was walked through. */
  ShadowEntry.Link link(ShadowType type, long guest) {
    return new ShadowEntry.Link(guest, promote(below(type, guest)));
  }

  /** What a present entry of an upper level leads to: a table, or the splinters of a large page. */
  private ShadowPool.Key below(ShadowType type, long guest) {
    return meaning(type, guest) == EntryMeaning.TABLE
        ? new ShadowPool.Key(type.mode().format().tableFrame(guest), type.below())
        : new ShadowPool.Key(leafFrame(type, guest), type.splinters());
  }

  private EntryMeaning meaning(ShadowType type, long guest) {
    return walker.meaning(guest, type.level(), type.mode(), type.reading());
  }

  private long leafFrame(ShadowType type, long guest) {
    return type.mode().format().leafFrame(guest, type.level(), walker.profile());
  }

  /** The entry for a guest's entry of the lowest level, if it may be cached. */
  private @Nullable ShadowEntry lowest(ShadowType type, long guest) {
    return (guest & EntryBits.ACCESSED) != 0 && meaning(type, guest) == EntryMeaning.LEAF
        ? page(guest, leafFrame(type, guest), (guest & EntryBits.DIRTY) != 0)
        : null;
  }

  /**
   * The entry for one small page.
   *
   * @param dirty false if a store has to set the guest's D bit first
   */
  ShadowEntry page(long guest, long frame, boolean dirty) {
    long behind = host.map().hostFrame(frame);
    boolean nothing = behind == HostMap.NO_FRAME;
    if (nothing && !slips.contains(Slip.FRAME_WITHOUT_MEMORY_MAPPED)) {
      return new ShadowEntry.Device(guest, frame, dirty);
    }
    boolean withheld =
        !dirty || host.map().readOnly(frame) || host.awaitsWrite(frame) || isProtected(frame);
    return new ShadowEntry.Page(guest, frame, nothing ? frame : behind, !withheld);
  }
}
