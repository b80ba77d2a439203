package io.vtlb.conformance.design.roleshared;

import io.vtlb.conformance.design.roleshared.ShadowPage.Slot;
import io.vtlb.model.event.Event;
import io.vtlb.model.event.EventCause;
import io.vtlb.model.event.ProcessorDrop;
import io.vtlb.model.event.Response;
import io.vtlb.model.event.Response.Action;
import io.vtlb.model.event.ResyncKind;
import io.vtlb.model.machine.Access;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.FaultCode;
import io.vtlb.model.machine.PageSize;
import io.vtlb.model.paging.EntryBits;
import io.vtlb.model.paging.GuestWalk;
import io.vtlb.model.paging.PagingMode;
import io.vtlb.model.paging.PartialWalk;
import io.vtlb.model.paging.Permission;
import io.vtlb.model.paging.Translation;
import io.vtlb.model.paging.WalkRights;
import io.vtlb.model.paging.Walker;
import io.vtlb.model.target.ActiveEntry;
import io.vtlb.model.target.GuestMemory;
import io.vtlb.model.target.HostMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Answers page-fault events: walks the guest's tables, then builds the shadow of the walk. */
final class PageFaults {

  /** As many neighbouring entries are looked at for each fault, aligned. */
  private static final int PREFETCHED = 8;

  private final ShadowPages pages;
  private final Synchronization sync;
  private final HostMemory host;
  private final GuestMemory memory;
  private final Walker walker;
  private final Set<Slip> slips;

  PageFaults(
      ShadowPages pages,
      Synchronization sync,
      HostMemory host,
      GuestMemory memory,
      Walker walker,
      Set<Slip> slips) {
    this.pages = pages;
    this.sync = sync;
    this.host = host;
    this.memory = memory;
    this.walker = walker;
    this.slips = slips;
  }

  Response handle(VirtualCpu vcpu, Event.PageFault fault) {
    Access access = fault.access();
    Slot known = vcpu.root().find(access.page());
    if (known != null && isDevice(known.entry(), access, vcpu.control())) {
      return device(ResyncKind.NONE);
    }
    EventCause cause =
        known != null && permits(known, access, vcpu.control())
            ? EventCause.SPURIOUS
            : EventCause.INCONSISTENCY;
    pages.makeRoom();
    while (true) {
      long generation = host.generation();
      GuestWalk walk = walker.walk(memory, vcpu.control(), access.page());
      switch (walk.end()) {
        case GuestWalk.End.NotPresent() -> {
          return handOver(vcpu, access, Permission.notPresent(access, vcpu.control()));
        }
        case GuestWalk.End.Reserved() -> {
          return handOver(vcpu, access, Permission.reserved(access, vcpu.control()));
        }
        case GuestWalk.End.Reached(Translation guest) -> {
          if (!Permission.permits(guest, access, vcpu.control())) {
            return handOver(vcpu, access, Permission.denied(guest, access, vcpu.control()));
          }
          if (setAccessedDirty(walk, access.isStore(), vcpu.control())) {
            Translation used = access.isStore() ? guest.withDirty() : guest;
            Optional<Response> answer = resolve(vcpu, fault, walk, used, generation, cause);
            if (answer.isPresent()) {
              return answer.get();
            }
          }
        }
      }
    }
  }

  /** A device found before, with the same map of memory, need not be looked for again. */
  private boolean isDevice(@Nullable ShadowEntry entry, Access access, ControlState control) {
    return entry instanceof ShadowEntry.Device(Translation guest, long generation)
        && (generation == host.generation() || slips.contains(Slip.DEVICE_ENTRY_OUTLIVES_MAP))
        && Permission.permits(guest, access, control)
        && (!access.isStore() || guest.dirty());
  }

  private static boolean permits(Slot known, Access access, ControlState control) {
    if (!(known.entry() instanceof ShadowEntry.Leaf leaf)) {
      return false;
    }
    ActiveEntry seen = leaf.seen(access.page(), 1, access.set(), known.page().role.meaning());
    return seen != null && seen.permits(access, control);
  }

  private static Response device(ResyncKind resync) {
    return Response.of(new Action.DeviceAccess()).reporting(EventCause.DEVICE_ACCESS, resync);
  }

  /** A processor forgets the page when it delivers a fault for a lack of rights; so does this. */
  private Response handOver(VirtualCpu vcpu, Access access, FaultCode code) {
    Response handedOver =
        Response.of(new Action.InjectPageFault(code, access.address()))
            .reporting(EventCause.GUEST_PAGE_FAULT, ResyncKind.NONE);
    if (!code.present() || code.reserved()) {
      return handedOver;
    }
    for (Root root : vcpu.roots()) {
      Slot stale = root.find(access.page());
      if (stale != null) {
        pages.drop(stale);
      }
    }
    return handedOver.dropping(new ProcessorDrop.Page(vcpu.name, access.address()));
  }

  /**
   * Sets A on the walk and D in its leaf for a store; false if the walk has to be made again: an
   * entry has changed, or was read below one with A=0, which no processor walks on from.
   */
  private boolean setAccessedDirty(GuestWalk walk, boolean store, ControlState control) {
    int bytes = PagingMode.of(control).format().bytes();
    boolean readTooEarly = false;
    for (GuestWalk.Step step : walk.steps()) {
      boolean dirty = store && step.equals(walk.last());
      long updated = step.entry() | EntryBits.ACCESSED | (dirty ? EntryBits.DIRTY : 0);
      if (step.level().inMemory() && updated != step.entry()) {
        if (!memory.compareAndSet(step.address(), bytes, step.entry(), updated)) {
          return false;
        }
        host.wrote(step.address() >>> PageSize.BASE_SHIFT, 1);
        readTooEarly |= !step.equals(walk.last());
      }
    }
    return !readTooEarly;
  }

  /**
   * Installs what the walk found; empty if the host changed meanwhile, so that it counts no more.
   */
  private Optional<Response> resolve(
      VirtualCpu vcpu,
      Event.PageFault fault,
      GuestWalk walk,
      Translation guest,
      long generation,
      EventCause cause) {
    Access access = fault.access();
    long frame = guest.frame(access.page());
    List<ShadowPage> tables = new ArrayList<>();
    boolean created = collect(vcpu.root(), walk, vcpu.control(), access.page(), tables);
    long hostFrame = host.behind(frame);
    boolean hasMemory = hostFrame != HostMap.NO_FRAME;
    boolean isDevice = !hasMemory || (access.isStore() && host.readOnly(frame));
    if (created && pages.maybeWritten() && !slips.contains(Slip.WALK_NOT_CHECKED_AGAIN)) {
      // Another processor may have changed a table before it was watched: flush, and walk again.
      return Optional.of(
          isDevice
              ? device(ResyncKind.NONE)
              : Response.of(new Action.Resume()).reporting(cause, ResyncKind.NONE));
    }
    synchronizeUnlinked(vcpu.root(), tables, access.page());
    if (hasMemory) {
      prefetch(tables.getLast(), access.page());
    }
    if (generation != host.generation() && !slips.contains(Slip.HOST_CHANGE_NOT_NOTICED)) {
      return Optional.empty();
    }
    // No guest memory is read from here on, so nothing changes any more.
    ShadowPage page = connect(vcpu.root(), tables, guest, access.page());
    int index = page.role.index(access.page());
    if (!hasMemory) {
      pages.put(page, index, new ShadowEntry.Device(guest, generation));
      return Optional.of(device(ResyncKind.PARTIAL));
    }
    ShadowEntry.Leaf leaf = leaf(page, guest, access, hostFrame);
    pages.put(page, index, leaf);
    if (isDevice) {
      return Optional.of(device(ResyncKind.PARTIAL));
    }
    if (!access.isStore() || leaf.writable() || pages.holdsNoTable(frame, 1)) {
      return Optional.of(Response.of(new Action.Resume()).reporting(cause, ResyncKind.PARTIAL));
    }
    emulate(fault, frame);
    return Optional.of(
        Response.of(new Action.StoreEmulated())
            .reporting(EventCause.INCONSISTENCY, ResyncKind.PARTIAL));
  }

  /**
   * Finds or makes the shadow pages of the tables that a walk read, from the top down; says whether
   * one is new. They are not linked yet.
   */
  private boolean collect(
      Root root, GuestWalk walk, ControlState control, long page, List<ShadowPage> tables) {
    PagingMode mode = PagingMode.of(control);
    ControlState meaning = root.key.meaning();
    PartialWalk reached = PartialWalk.root(mode, control);
    WalkRights last = WalkRights.ROOT;
    ShadowPage linked = root.top(page);
    boolean created = false;
    for (int depth = 0; depth < walk.steps().size(); depth++) {
      GuestWalk.Step step = walk.steps().get(depth);
      if (step.level().inMemory()) {
        WalkRights rights = slips.contains(Slip.KEY_USES_LAST_RIGHTS) ? last : reached.rights();
        Role role = Role.ofTable(mode.levels().size() - depth, page, rights, meaning);
        if (slips.contains(Slip.QUADRANT_NOT_IN_KEY)) {
          role = role.with(0, meaning);
        }
        boolean isLinked = linked != null && linked.is(reached.table(), role);
        ShadowPage table = isLinked ? linked : pages.find(reached.table(), role);
        created |= table == null;
        table = table == null ? pages.create(reached.table(), role) : table;
        tables.add(table);
        linked = linkedFrom(table, page);
        last = WalkRights.ROOT.through(step.entry(), mode.format());
      }
      if (depth + 1 < walk.steps().size()) {
        reached = walker.table(reached, step.entry(), mode, page);
      }
    }
    if (tables.isEmpty()) {
      tables.add(topWithoutPaging(root, page));
    }
    return created;
  }

  /** The guest need not flush what becomes present, so what is linked anew must be in step. */
  private void synchronizeUnlinked(Root root, List<ShadowPage> tables, long page) {
    ShadowPage linked = root.top(page);
    for (ShadowPage table : List.copyOf(tables)) {
      if (table != linked) {
        sync.all(List.of(table));
      }
      linked = linkedFrom(table, page);
    }
  }

  private static @Nullable ShadowPage linkedFrom(ShadowPage table, long page) {
    return table.entry(table.role.index(page)) instanceof ShadowEntry.Link(ShadowPage child)
        ? child
        : null;
  }

  private ShadowPage topWithoutPaging(Root root, long page) {
    Role role = Role.ofFragments(2, Translation.identity(page), root.key.meaning());
    long first = page & -(role.pages() << Role.INDEX_BITS);
    ShadowPage known = pages.find(first, role);
    return known == null ? pages.create(first, role) : known;
  }

  /** Links the tables, and pages for fragments below them; returns the page that gets the leaf. */
  private ShadowPage connect(
      Root root, List<ShadowPage> tables, Translation guest, long linearPage) {
    pages.start(root, linearPage, tables.getFirst());
    for (int above = 0; above + 1 < tables.size(); above++) {
      ShadowPage parent = tables.get(above);
      pages.link(parent, parent.role.index(linearPage), tables.get(above + 1));
    }
    ShadowPage page = tables.getLast();
    while (!fits(page.role.pages(), guest.frame(linearPage))) {
      page = fragments(page, guest, linearPage);
    }
    return page;
  }

  /** True if the host has one piece of memory for an entry of this size, or nothing at all. */
  private boolean fits(long size, long frame) {
    long first = frame & -size;
    return size == 1 || (host.mapsWhole(first, size) && pages.holdsNoTable(first, size));
  }

  /** The page below an entry that is too large for one leaf. */
  private ShadowPage fragments(ShadowPage parent, Translation guest, long linearPage) {
    int index = parent.role.index(linearPage);
    long first = guest.frame(linearPage) & -parent.role.pages();
    Role role = Role.ofFragments(parent.role.level() - 1, guest, parent.role.meaning());
    if (slips.contains(Slip.LARGE_PAGES_SHARE_DESPITE_RIGHTS) && !parent.role.direct()) {
      role = role.with(parent.role.access(), role.dirty());
    }
    if (slips.contains(Slip.SHARED_SHADOW_UPGRADED)
        && parent.entry(index) instanceof ShadowEntry.Link(ShadowPage child)
        && child.is(first, role.with(role.access(), child.role.dirty()))) {
      return child;
    }
    ShadowPage child = pages.find(first, role);
    child = child == null ? pages.create(first, role) : child;
    pages.link(parent, index, child);
    return child;
  }

  private ShadowEntry.Leaf leaf(ShadowPage page, Translation guest, Access access, long hostFrame) {
    long size = page.role.pages();
    long offset = guest.frame(access.page()) & (size - 1);
    long first = guest.frame(access.page()) - offset;
    boolean writable =
        guest.dirty() && sync.mayWrite(first, size, access.isStore(), page.role.meaning());
    return new ShadowEntry.Leaf(first, hostFrame - offset, guest.rights(), guest.key(), writable);
  }

  /** Enters neighbours that a TLB could hold already, so that they need no fault of their own. */
  private void prefetch(ShadowPage page, long linearPage) {
    if (page.role.direct() || page.role.level() > 1) {
      return;
    }
    int faulting = page.role.index(linearPage);
    int first = faulting & -PREFETCHED;
    for (int index = first; index < first + PREFETCHED; index++) {
      if (index != faulting && page.entry(index) == null) {
        Translation guest = sync.guestLeaf(page, index);
        if (page.zapped) {
          return;
        }
        long hostFrame = guest == null ? HostMap.NO_FRAME : host.behind(guest.frame());
        if (guest != null && hostFrame != HostMap.NO_FRAME) {
          boolean writable =
              guest.dirty() && sync.mayWrite(guest.frame(), 1, false, page.role.meaning());
          pages.put(
              page,
              index,
              new ShadowEntry.Leaf(
                  guest.frame(), hostFrame, guest.rights(), guest.key(), writable));
        }
      }
    }
  }

  /** Does the guest's store to a shadowed table for it. */
  private void emulate(Event.PageFault fault, long frame) {
    Access access = fault.access();
    long physical = PageSize.address(frame, PageSize.offset(access.address()));
    if (slips.contains(Slip.EMULATED_STORE_TORN) && access.bytes() == Long.BYTES) {
      memory.store(physical, Integer.BYTES, fault.value());
      memory.store(physical + Integer.BYTES, Integer.BYTES, fault.value() >>> Integer.SIZE);
    } else {
      memory.store(physical, access.bytes(), fault.value());
    }
    host.wrote(frame, 1);
    sync.stored(physical, access.bytes());
  }
}
