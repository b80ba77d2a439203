package io.vtlb.conformance.design.roleshared;

import io.vtlb.conformance.design.parts.HostMemory;
import io.vtlb.conformance.design.parts.ProcessorWalk;
import io.vtlb.conformance.design.parts.ProcessorWalk.Outcome;
import io.vtlb.conformance.design.parts.ProcessorWalk.Step;
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
    Optional<Response> answer = Optional.empty();
    while (answer.isEmpty()) {
      long generation = host.generation();
      answer =
          switch (ProcessorWalk.of(walker, memory, vcpu.control(), access)) {
            case Outcome.Denied(FaultCode code) -> Optional.of(handOver(vcpu, access, code));
            case Outcome.Permitted(Translation guest, List<Step> steps) ->
                resolve(vcpu.root(), fault, steps, guest, generation, cause);
          };
    }
    return answer.get();
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
   * Installs what a walk found; empty if the host changed meanwhile, so that it counts no more.
   *
   * @param generation the host's at the start of the walk
   * @param cause what to report unless the access is for a device or a table
   */
  private Optional<Response> resolve(
      Root root,
      Event.PageFault fault,
      List<Step> steps,
      Translation guest,
      long generation,
      EventCause cause) {
    Access access = fault.access();
    long frame = guest.frame(access.page());
    List<ShadowPage> tables = new ArrayList<>();
    boolean created = collect(root, steps, access.page(), tables);
    long hostFrame = host.map().hostFrame(frame);
    boolean isDevice = host.isDevice(frame, access.isStore());
    if (created && pages.maybeWritten() && !slips.contains(Slip.WALK_NOT_CHECKED_AGAIN)) {
      // Another processor may have changed a table before it was watched: flush, and walk again.
      return Optional.of(isDevice ? device(ResyncKind.NONE) : resume(cause, ResyncKind.NONE));
    }
    synchronizeUnlinked(root, tables, access.page());
    if (hostFrame != HostMap.NO_FRAME) {
      prefetch(tables.getLast(), access.page());
    }
    if (generation != host.generation() && !slips.contains(Slip.HOST_CHANGE_NOT_NOTICED)) {
      return Optional.empty();
    }
    // No guest memory is read from here on, so nothing changes any more.
    ShadowPage page = connect(root, tables, guest, access.page());
    ShadowEntry entry =
        hostFrame == HostMap.NO_FRAME
            ? new ShadowEntry.Device(guest, generation)
            : sync.leaf(page, guest, access.page(), hostFrame, access.isStore());
    pages.put(page, page.role.index(access.page()), entry);
    if (isDevice) {
      return Optional.of(device(ResyncKind.PARTIAL));
    }
    boolean withheld = entry instanceof ShadowEntry.Leaf leaf && !leaf.writable();
    return Optional.of(
        access.isStore() && withheld && !pages.tablesIn(frame, 1).isEmpty()
            ? emulate(fault, frame)
            : resume(cause, ResyncKind.PARTIAL));
  }

  private static Response resume(EventCause cause, ResyncKind resync) {
    return Response.of(new Action.Resume()).reporting(cause, resync);
  }

  /**
   * Finds or makes the shadow pages of the tables that a walk read, from the top down; says whether
   * one is new. They are not linked yet.
   */
  private boolean collect(Root root, List<Step> steps, long page, List<ShadowPage> tables) {
    ControlState meaning = root.key.meaning();
    WalkRights last = WalkRights.ROOT;
    ShadowPage linked = root.top(page);
    boolean created = false;
    for (Step step : steps) {
      PartialWalk reached = step.reached();
      WalkRights rights = slips.contains(Slip.KEY_USES_LAST_RIGHTS) ? last : reached.rights();
      Role role = Role.ofTable(reached.depth(), page, rights, meaning);
      if (slips.contains(Slip.QUADRANT_NOT_IN_KEY)) {
        role = role.with(0, meaning);
      }
      boolean isLinked = linked != null && linked.is(reached.table(), role);
      ShadowPage table = isLinked ? linked : pages.find(reached.table(), role);
      created |= table == null;
      table = table == null ? pages.create(reached.table(), role) : table;
      tables.add(table);
      linked = linkedFrom(table, page);
      last = WalkRights.ROOT.through(step.entry(), role.mode().format());
    }
    if (tables.isEmpty()) {
      Role role = Role.ofFragments(2, Translation.identity(page), meaning);
      tables.add(pages.obtain(page & -(role.pages() << Role.INDEX_BITS), role));
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

  /** Links the tables, and pages for fragments below them; returns the page that gets the leaf. */
  private ShadowPage connect(
      Root root, List<ShadowPage> tables, Translation guest, long linearPage) {
    root.setTop(linearPage, tables.getFirst());
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
    HostMap behind =
        slips.contains(Slip.READ_ONLY_FRAME_PROTECTS_LARGE_PAGE)
            ? host.map().protecting(first, size, false)
            : host.map();
    return size == 1
        || (host.mapsWhole(behind, first, size) && pages.tablesIn(first, size).isEmpty());
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
    ShadowPage child = pages.obtain(first, role);
    pages.link(parent, index, child);
    return child;
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
        if (guest != null && !host.isDevice(guest.frame(), false)) {
          long hostFrame = host.map().hostFrame(guest.frame());
          pages.put(page, index, sync.leaf(page, guest, guest.page(), hostFrame, false));
        }
      }
    }
  }

  /** Does the guest's store to a shadowed table for it. */
  private Response emulate(Event.PageFault fault, long frame) {
    int bytes = fault.access().bytes();
    long physical = PageSize.address(frame, PageSize.offset(fault.access().address()));
    if (slips.contains(Slip.EMULATED_STORE_TORN) && bytes == Long.BYTES) {
      memory.store(physical, Integer.BYTES, fault.value());
      memory.store(physical + Integer.BYTES, Integer.BYTES, fault.value() >>> Integer.SIZE);
    } else {
      memory.store(physical, bytes, fault.value());
    }
    sync.stored(physical, bytes);
    return Response.of(new Action.StoreEmulated())
        .reporting(EventCause.INCONSISTENCY, ResyncKind.PARTIAL);
  }
}
