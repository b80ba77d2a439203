package io.vtlb.conformance.design.lazy;

import io.vtlb.conformance.design.parts.Causes;
import io.vtlb.conformance.design.parts.HostMemory;
import io.vtlb.conformance.design.parts.ProcessorWalk;
import io.vtlb.conformance.design.parts.ProcessorWalk.Outcome;
import io.vtlb.model.event.Event;
import io.vtlb.model.event.EventCause;
import io.vtlb.model.event.HostResponse;
import io.vtlb.model.event.Response;
import io.vtlb.model.event.Response.Action;
import io.vtlb.model.event.ResyncKind;
import io.vtlb.model.machine.Access;
import io.vtlb.model.machine.AccessRights;
import io.vtlb.model.machine.ControlRegister;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.FaultCode;
import io.vtlb.model.machine.PageSize;
import io.vtlb.model.machine.PrivilegeSet;
import io.vtlb.model.machine.Vcpu;
import io.vtlb.model.operation.HostOperation;
import io.vtlb.model.paging.PagingMode;
import io.vtlb.model.paging.Permission;
import io.vtlb.model.paging.Translation;
import io.vtlb.model.target.ActiveEntry;
import io.vtlb.model.target.Description;
import io.vtlb.model.target.Feature;
import io.vtlb.model.target.GuestMemory;
import io.vtlb.model.target.HostMap;
import io.vtlb.model.target.ObservationLevel;
import io.vtlb.model.target.VirtualTlb;
import io.vtlb.model.target.VmBlueprint;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * A virtual TLB as a microhypervisor has it: what a processor's TLB does, in software.
 *
 * <p>A miss walks the guest's tables and fills one entry. A load of CR3 forgets everything but
 * global pages, INVLPG one guest page, and every other write to a control register everything:
 * rights are resolved when an entry is filled, so none may outlive what they were resolved with.
 * What the host changes is forgotten on all virtual CPUs. No guest store is ever intercepted, so a
 * stale entry stays until the guest invalidates it, as it is owed.
 */
public final class LazyTlb implements VirtualTlb {

  /** The sizes that an active entry may have beyond one base page, largest first. */
  private static final int[] SIZES = {PageSize.LARGE_1G, PageSize.LARGE_2M};

  private final Set<Slip> slips;
  private final Map<Integer, Machine> machines = new HashMap<>();

  /** The design as it should be. */
  public LazyTlb() {
    this(Set.of());
  }

  /** The design with mistakes. */
  public LazyTlb(Set<Slip> slips) {
    this.slips = Set.copyOf(slips);
  }

  @Override
  public Description describe() {
    return new Description(
        "lazy",
        ObservationLevel.SELF_REPORTING,
        Set.of(
            Feature.SEVERAL_VCPUS,
            Feature.PCID,
            Feature.INTERCEPTS_PRIVILEGE_CHANGES,
            Feature.EVENTS_FLUSH_PROCESSOR,
            Feature.FOREIGN_STORES,
            Feature.HOST_OPERATIONS,
            Feature.INTERLEAVING));
  }

  @Override
  public void create(VmBlueprint blueprint, GuestMemory memory) {
    machines.put(blueprint.vm(), new Machine(blueprint, memory, slips));
  }

  @Override
  public Collection<ActiveEntry> activeEntries(Vcpu vcpu, PrivilegeSet set) {
    return machine(vcpu.vm()).vcpu(vcpu).entries(set);
  }

  /** The exit itself has flushed the processor, so no answer asks for it. */
  @Override
  public Response handle(Event event) {
    Machine machine = machine(event.vcpu().vm());
    VirtualCpu vcpu = machine.runs(event.vcpu());
    return switch (event) {
      case Event.PageFault fault -> miss(machine, vcpu, fault.access());
      case Event.InvalidatePage invalidate -> invalidatePage(vcpu, invalidate.address());
      case Event.InvalidatePcid invalidate -> invalidatePcid(vcpu, invalidate);
      case Event.ControlWrite write -> writeControl(vcpu, write);
      case Event.PrivilegeChange change -> resume(Causes.of(change), ResyncKind.NONE);
    };
  }

  /** Whatever the host does, its new order is met by refilling. */
  @Override
  public HostResponse follow(HostOperation operation) {
    Machine machine = machine(operation.vm());
    boolean missed =
        operation instanceof HostOperation.UnmapFrames
            && slips.contains(Slip.FRAME_WITHOUT_MEMORY_FILLED);
    Set<Long> dirty = missed ? Set.of() : machine.host().follow(operation);
    if (operation instanceof HostOperation.DestroyMachine) {
      machines.remove(operation.vm());
    }
    return new HostResponse(machine.flush(), dirty);
  }

  private Response miss(Machine machine, VirtualCpu vcpu, Access access) {
    HostMap before = machine.host().map();
    ControlState control = judgedBy(vcpu);
    return switch (ProcessorWalk.of(machine.walker(), machine.tables(), control, access)) {
      case Outcome.Denied(FaultCode code) -> {
        vcpu.forget(held -> held.entry().covers(access.page()));
        yield Response.of(new Action.InjectPageFault(code, access.address()))
            .reporting(EventCause.GUEST_PAGE_FAULT, ResyncKind.NONE);
      }
      case Outcome.Permitted(Translation guest, List<ProcessorWalk.Step> steps) -> {
        // Nothing is read from here on: neither guest nor host can change anything in between.
        HostMap now = machine.host().map();
        HostMap behind = slips.contains(Slip.HOST_FRAME_LOOKED_UP_EARLY) ? before : now;
        yield fill(machine.host(), behind, vcpu, access, guest);
      }
    };
  }

  private Response fill(
      HostMemory host, HostMap behind, VirtualCpu vcpu, Access access, Translation guest) {
    long frame = guest.frame(access.page());
    boolean denied = behind.readOnly(frame) && !slips.contains(Slip.HOST_RIGHTS_IGNORED);
    if (behind.hostFrame(frame) == HostMap.NO_FRAME || (access.isStore() && denied)) {
      return Response.of(new Action.DeviceAccess())
          .reporting(EventCause.DEVICE_ACCESS, ResyncKind.NONE);
    }
    if (access.isStore()) {
      host.wrote(frame, 1);
    }
    boolean writable =
        !denied
            && !host.awaitsWrite(frame)
            && (guest.dirty() || slips.contains(Slip.CLEAN_PAGE_WRITABLE));
    AccessRights guests = Permission.resolve(guest.rights(), access.set(), judgedBy(vcpu));
    AccessRights rights =
        new AccessRights(guests.read(), guests.write() && writable, guests.execute());
    int pages = entryPages(host, behind, guest.pages(), frame);
    long inside = access.page() & (pages - 1);
    ActiveEntry entry =
        new ActiveEntry(
            access.page() - inside,
            pages,
            behind.hostFrame(frame) - inside,
            rights,
            keyOf(guest, vcpu.control()));
    // What other privilege sets hold of the page may stay if it came of the same.
    vcpu.forget(held -> held.entry().covers(access.page()) && !held.guest().equals(guest));
    vcpu.fill(access.set(), new CachedPage(entry, guest));
    return resume(EventCause.INCONSISTENCY, ResyncKind.PARTIAL);
  }

  /** How many base pages one entry maps: no more than the guest's page, nor than the host's. */
  private static int entryPages(HostMemory host, HostMap behind, int guestPages, long frame) {
    for (int pages : SIZES) {
      if (pages <= guestPages && host.mapsWhole(behind, frame & -pages, pages)) {
        return pages;
      }
    }
    return 1;
  }

  /** PKRU is the guest's to change unseen, so the processor applies it, by the guest's own key. */
  private static int keyOf(Translation guest, ControlState control) {
    return control.protectionKeys() && guest.rights().user() ? guest.key() : ActiveEntry.NO_KEY;
  }

  /** The control state that the guest's entries are read and accesses judged by. */
  private ControlState judgedBy(VirtualCpu vcpu) {
    ControlState control = vcpu.control();
    long cr0 = slips.contains(Slip.WRITE_PROTECT_IGNORED) ? ControlState.CR0_WP : 0;
    long cr4 = slips.contains(Slip.GLOBAL_BIT_ALWAYS_HONOURED) ? ControlState.CR4_PGE : 0;
    return control
        .with(ControlRegister.CR0, control.cr0() | cr0)
        .with(ControlRegister.CR4, control.cr4() | cr4);
  }

  /** INVLPG: what comes of the guest's page goes, in however many pieces the host has it. */
  private Response invalidatePage(VirtualCpu vcpu, long address) {
    long page = PagingMode.of(vcpu.control()).canonicalPage(PageSize.page(address));
    boolean alone = slips.contains(Slip.ONE_FRAGMENT_DROPPED);
    vcpu.forget(held -> alone ? held.entry().covers(page) : held.concerns(page));
    return resume(EventCause.TLB_MANIPULATION, ResyncKind.PARTIAL);
  }

  /** INVPCID names addresses of 64 bits, which narrower modes do not have. */
  private static boolean exists(VirtualCpu vcpu, long address) {
    long page = PageSize.page(address);
    return PagingMode.of(vcpu.control()).canonicalPage(page) == page;
  }

  /** Nothing is kept for another PCID but global pages, which are in every one. */
  private Response invalidatePcid(VirtualCpu vcpu, Event.InvalidatePcid invalidate) {
    boolean current = invalidate.pcid() == vcpu.control().pcid();
    return switch (invalidate.type()) {
      case ADDRESS ->
          current && exists(vcpu, invalidate.address())
              ? invalidatePage(vcpu, invalidate.address())
              : resume(EventCause.TLB_MANIPULATION, ResyncKind.NONE);
      case SINGLE_CONTEXT ->
          current
              ? flushKeepingGlobals(vcpu)
              : resume(EventCause.TLB_MANIPULATION, ResyncKind.NONE);
      case ALL_CONTEXTS -> {
        vcpu.forgetEverything();
        yield resume(EventCause.TLB_MANIPULATION, ResyncKind.FLUSH);
      }
      case ALL_CONTEXTS_KEEPING_GLOBALS -> flushKeepingGlobals(vcpu);
    };
  }

  private Response writeControl(VirtualCpu vcpu, Event.ControlWrite write) {
    vcpu.load(write.after());
    if (write.register() == ControlRegister.CR3) {
      boolean skipped =
          slips.contains(Slip.STALE_CONTEXT_NOT_FLUSHED)
              && write.after().processContexts()
              && !write.keepsTranslations();
      return skipped
          ? resume(EventCause.TLB_MANIPULATION, ResyncKind.NONE)
          : flushKeepingGlobals(vcpu);
    }
    vcpu.forgetEverything();
    return resume(Causes.of(write), ResyncKind.FLUSH);
  }

  private static Response flushKeepingGlobals(VirtualCpu vcpu) {
    vcpu.forget(held -> !held.guest().global());
    return resume(EventCause.TLB_MANIPULATION, ResyncKind.FLUSH);
  }

  private static Response resume(EventCause cause, ResyncKind resync) {
    return Response.of(new Action.Resume()).reporting(cause, resync);
  }

  private Machine machine(int vm) {
    return Objects.requireNonNull(machines.get(vm), () -> "no machine " + vm);
  }
}
