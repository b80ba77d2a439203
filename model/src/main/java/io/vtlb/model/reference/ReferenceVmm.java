package io.vtlb.model.reference;

import io.vtlb.model.event.Event;
import io.vtlb.model.event.EventCause;
import io.vtlb.model.event.HostResponse;
import io.vtlb.model.event.ProcessorDrop;
import io.vtlb.model.event.Response;
import io.vtlb.model.event.Response.Action;
import io.vtlb.model.event.ResyncKind;
import io.vtlb.model.machine.Access;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.FaultCode;
import io.vtlb.model.machine.PageSize;
import io.vtlb.model.machine.PrivilegeSet;
import io.vtlb.model.machine.Profile;
import io.vtlb.model.machine.Vcpu;
import io.vtlb.model.operation.HostOperation;
import io.vtlb.model.paging.GuestWalk;
import io.vtlb.model.paging.PagingMode;
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
import java.util.Map;
import java.util.Set;

/**
 * The virtual TLB of the claims in its plainest form: it fills its active structures on faults,
 * corrects one page where an event concerns one page, and compares everything where an event
 * concerns all.
 *
 * <p>It receives control over each event and finds its cause (claim 3): a fault that the guest
 * would have had alone is handed over (claim 7), any other is resolved (claim 9) by a partial
 * resync (claim 5); an attempt to manipulate the TLB modifies the active content (claim 8), by a
 * full resync where it names no page (claim 6); a change of privilege is found to matter only
 * between privilege sets (claim 13).
 */
public final class ReferenceVmm implements VirtualTlb {

  private final Map<Integer, VirtualMachine> machines = new HashMap<>();

  @Override
  public Description describe() {
    return new Description(
        "reference",
        ObservationLevel.SELF_REPORTING,
        Set.of(
            Feature.SEVERAL_VCPUS,
            Feature.PCID,
            Feature.INTERCEPTS_PRIVILEGE_CHANGES,
            Feature.FOREIGN_STORES,
            Feature.HOST_OPERATIONS,
            Feature.INTERLEAVING));
  }

  @Override
  public void create(VmBlueprint blueprint, GuestMemory memory) {
    machines.put(blueprint.vm(), new VirtualMachine(blueprint, memory));
  }

  @Override
  public Collection<ActiveEntry> activeEntries(Vcpu vcpu, PrivilegeSet set) {
    return machine(vcpu).vcpu(vcpu).structure(set).activeEntries();
  }

  @Override
  public Response handle(Event event) {
    VirtualMachine machine = machine(event.vcpu());
    VirtualCpu vcpu = machine.vcpu(event.vcpu());
    vcpu.handlesEvent(true);
    try {
      return handle(machine, vcpu, event);
    } finally {
      vcpu.handlesEvent(false);
    }
  }

  private static Response handle(VirtualMachine machine, VirtualCpu vcpu, Event event) {
    return switch (event) {
      case Event.PageFault fault -> handleFault(machine, vcpu, fault.access());
      case Event.InvalidatePage invalidate ->
          invalidatePage(vcpu, page(vcpu, invalidate.address()));
      case Event.InvalidatePcid invalidate -> invalidatePcid(machine, vcpu, invalidate);
      case Event.ControlWrite write -> writeControl(machine, vcpu, write);
      case Event.PrivilegeChange change ->
          Response.of(new Action.Resume()).reporting(causeOf(change), ResyncKind.NONE);
    };
  }

  @Override
  public HostResponse follow(HostOperation operation) {
    HostResponse response = new HostFollowing(machine(operation.vm())).follow(operation);
    if (operation instanceof HostOperation.DestroyMachine) {
      machines.remove(operation.vm());
    }
    return response;
  }

  private static Response handleFault(VirtualMachine machine, VirtualCpu vcpu, Access access) {
    while (true) {
      switch (FaultEvaluation.of(machine, vcpu.control(), access)) {
        case FaultEvaluation.GuestFault(FaultCode code) -> {
          return handOver(vcpu, access, code);
        }
        case FaultEvaluation.Permitted(GuestWalk walk, Translation seen) -> {
          int bytes = PagingMode.of(vcpu.control()).format().bytes();
          if (AccessedDirty.set(walk, access.isStore(), machine, bytes)) {
            return resolve(machine, vcpu, access, access.isStore() ? seen.withDirty() : seen);
          }
        }
      }
    }
  }

  /**
   * Hands a fault to the guest. A processor forgets the page when it delivers one, so this does
   * too.
   */
  private static Response handOver(VirtualCpu vcpu, Access access, FaultCode code) {
    forgetPage(vcpu, access.page());
    return Response.of(new Action.InjectPageFault(code, access.address()))
        .dropping(new ProcessorDrop.Page(vcpu.name(), access.address()))
        .reporting(EventCause.GUEST_PAGE_FAULT, ResyncKind.NONE);
  }

  private static Response resolve(
      VirtualMachine machine, VirtualCpu vcpu, Access access, Translation guest) {
    ProcessorDrop drop = new ProcessorDrop.Page(vcpu.name(), access.address());
    long frame = guest.frame(access.page());
    if (isDevice(machine.hostMap(), frame, access)) {
      forgetPage(vcpu, access.page());
      return Response.of(new Action.DeviceAccess())
          .dropping(drop)
          .reporting(EventCause.DEVICE_ACCESS, ResyncKind.NONE);
    }
    if (access.isStore()) {
      machine.dirtyLog().note(frame);
    }
    boolean permitted =
        vcpu.structure(access.set())
            .at(access.page())
            .filter(entry -> entry.permits(access, vcpu.control()))
            .isPresent();
    boolean modified = new PartialResync(machine, vcpu).run(guest, access.page(), access.set());
    Response resumed = Response.of(new Action.Resume());
    return (modified ? resumed.dropping(drop) : resumed)
        .reporting(permitted ? EventCause.SPURIOUS : EventCause.INCONSISTENCY, ResyncKind.PARTIAL);
  }

  /** A store to what the host makes read-only is for whoever emulates what stands there. */
  private static boolean isDevice(HostMap hostMap, long frame, Access access) {
    return hostMap.hostFrame(frame) == HostMap.NO_FRAME
        || (access.isStore() && hostMap.readOnly(frame));
  }

  private static long page(VirtualCpu vcpu, long address) {
    return PagingMode.of(vcpu.control()).canonicalPage(PageSize.page(address));
  }

  private static Response invalidatePage(VirtualCpu vcpu, long page) {
    int gone = 0;
    for (ActiveStructure structure : vcpu.structures()) {
      gone += structure.invalidateGuestPage(page);
    }
    Response resumed =
        Response.of(new Action.Resume()).reporting(EventCause.TLB_MANIPULATION, ResyncKind.PARTIAL);
    return gone == 0 ? resumed : resumed.dropping(new ProcessorDrop.Everything(vcpu.name()));
  }

  /**
   * Only content of the current PCID is ever kept, so what INVPCID names elsewhere is gone already,
   * and outside IA-32e mode there is none at addresses above 4 GiB; where it names more than one
   * page of the current PCID, everything is compared.
   */
  private static Response invalidatePcid(
      VirtualMachine machine, VirtualCpu vcpu, Event.InvalidatePcid invalidate) {
    boolean current = invalidate.pcid() == vcpu.control().pcid();
    long page = PageSize.page(invalidate.address());
    return switch (invalidate.type()) {
      case ADDRESS ->
          current && page(vcpu, invalidate.address()) == page
              ? invalidatePage(vcpu, page)
              : untouched();
      case SINGLE_CONTEXT -> current ? resyncAll(machine, vcpu) : untouched();
      case ALL_CONTEXTS, ALL_CONTEXTS_KEEPING_GLOBALS -> resyncAll(machine, vcpu);
    };
  }

  private static Response untouched() {
    return Response.of(new Action.Resume()).reporting(EventCause.TLB_MANIPULATION, ResyncKind.NONE);
  }

  private static Response resyncAll(VirtualMachine machine, VirtualCpu vcpu) {
    boolean modified = new FullResync(machine, vcpu).run();
    Response resumed =
        Response.of(new Action.Resume()).reporting(EventCause.TLB_MANIPULATION, ResyncKind.FULL);
    return modified ? resumed.dropping(new ProcessorDrop.Everything(vcpu.name())) : resumed;
  }

  private static Response writeControl(
      VirtualMachine machine, VirtualCpu vcpu, Event.ControlWrite write) {
    vcpu.load(write.after());
    boolean modified = new FullResync(machine, vcpu).run();
    Response resumed =
        Response.of(new Action.Resume()).reporting(causeOf(machine, write), ResyncKind.FULL);
    return modified ? resumed.dropping(new ProcessorDrop.Everything(vcpu.name())) : resumed;
  }

  /** A write in the table of invalidations manipulates the TLB (claim 8). */
  private static EventCause causeOf(VirtualMachine machine, Event.ControlWrite write) {
    return manipulates(write, machine.walker().profile())
        ? EventCause.TLB_MANIPULATION
        : EventCause.CONTROL_CHANGE;
  }

  private static boolean manipulates(Event.ControlWrite write, Profile profile) {
    long changed = write.before().get(write.register()) ^ write.after().get(write.register());
    long set = changed & write.after().get(write.register());
    return switch (write.register()) {
      case CR0 -> (changed & ControlState.CR0_PG) != 0;
      case CR3 -> !write.keepsTranslations();
      case CR4 ->
          (changed & (profile.vendor().flushingBits() | ControlState.CR4_PAE)) != 0
              || (set & (profile.vendor().flushingBitsWhenSet() | ControlState.CR4_SMEP)) != 0
              || (changed & ~set & ControlState.CR4_PCIDE) != 0;
      case EFER -> false;
    };
  }

  /**
   * A change of privilege affects page-based protection only if it leaves the privilege set (claim
   * 13).
   */
  private static EventCause causeOf(Event.PrivilegeChange change) {
    return PrivilegeSet.of(change.from()) == PrivilegeSet.of(change.to())
        ? EventCause.PRIVILEGE_CHANGE_WITHIN_SET
        : EventCause.PRIVILEGE_SET_CHANGE;
  }

  private static void forgetPage(VirtualCpu vcpu, long page) {
    vcpu.structures().forEach(structure -> structure.invalidate(page));
  }

  private VirtualMachine machine(Vcpu vcpu) {
    return machine(vcpu.vm());
  }

  private VirtualMachine machine(int vm) {
    VirtualMachine machine = machines.get(vm);
    if (machine == null) {
      throw new IllegalArgumentException("no machine " + vm);
    }
    return machine;
  }
}
