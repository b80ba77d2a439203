package io.vtlb.conformance.design.roleshared;

import io.vtlb.conformance.design.parts.Causes;
import io.vtlb.conformance.design.parts.HostMemory;
import io.vtlb.conformance.design.parts.LoggedMemory;
import io.vtlb.conformance.design.roleshared.ShadowPage.Slot;
import io.vtlb.model.event.Event;
import io.vtlb.model.event.EventCause;
import io.vtlb.model.event.HostResponse;
import io.vtlb.model.event.ProcessorDrop;
import io.vtlb.model.event.Response;
import io.vtlb.model.event.Response.Action;
import io.vtlb.model.event.ResyncKind;
import io.vtlb.model.machine.ControlRegister;
import io.vtlb.model.machine.InvalidationType;
import io.vtlb.model.machine.PageSize;
import io.vtlb.model.machine.PrivilegeSet;
import io.vtlb.model.machine.Vcpu;
import io.vtlb.model.operation.HostOperation;
import io.vtlb.model.operation.HostOperation.CreateMachine;
import io.vtlb.model.operation.HostOperation.DestroyMachine;
import io.vtlb.model.operation.HostOperation.HarvestDirtyLog;
import io.vtlb.model.operation.HostOperation.MapFrames;
import io.vtlb.model.operation.HostOperation.MoveFrames;
import io.vtlb.model.operation.HostOperation.ProtectFrames;
import io.vtlb.model.operation.HostOperation.ResizePages;
import io.vtlb.model.operation.HostOperation.StartDirtyLog;
import io.vtlb.model.operation.HostOperation.UnmapFrames;
import io.vtlb.model.paging.PagingMode;
import io.vtlb.model.paging.Walker;
import io.vtlb.model.target.ActiveEntry;
import io.vtlb.model.target.GuestMemory;
import io.vtlb.model.target.VmBlueprint;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** One machine: its virtual CPUs, the shadow pages that they share, and what events do to them. */
final class VirtualMachine {

  private final Set<Slip> slips;
  private final HostMemory host;
  private final ShadowPages pages;
  private final Synchronization sync;
  private final PageFaults faults;
  private final List<VirtualCpu> vcpus = new ArrayList<>();

  /** An event is being handled; the host may do something meanwhile. */
  private boolean handling;

  VirtualMachine(VmBlueprint blueprint, GuestMemory memory, Set<Slip> slips) {
    Walker walker = new Walker(blueprint.profile());
    this.slips = slips;
    this.host = new HostMemory(blueprint.hostMap());
    GuestMemory logged = new LoggedMemory(memory, host);
    this.pages = new ShadowPages(host, slips);
    this.sync = new Synchronization(pages, host, logged, walker, slips);
    this.faults = new PageFaults(pages, sync, host, logged, walker, slips);
    for (VmBlueprint.VcpuState state : blueprint.vcpus()) {
      vcpus.add(new VirtualCpu(new Vcpu(blueprint.vm(), vcpus.size()), state.control()));
    }
  }

  List<ActiveEntry> activeEntries(Vcpu vcpu, PrivilegeSet set) {
    return vcpus.get(vcpu.index()).root().activeEntries(set);
  }

  Response handle(Event event) {
    VirtualCpu vcpu = vcpus.get(event.vcpu().index());
    handling = true;
    Response response =
        switch (event) {
          case Event.PageFault fault -> faults.handle(vcpu, fault);
          case Event.InvalidatePage invalidate -> invalidatePage(vcpu, invalidate.address());
          case Event.InvalidatePcid invalidate -> invalidatePcid(vcpu, invalidate);
          case Event.ControlWrite write -> writeControl(vcpu, write);
          case Event.PrivilegeChange change ->
              Response.of(new Action.Resume()).reporting(Causes.of(change), ResyncKind.NONE);
        };
    handling = false;
    if (!pages.owesFlush()) {
      return response;
    }
    pages.flushed();
    return slips.contains(Slip.RIGHTS_REDUCED_WITHOUT_REMOTE_FLUSH)
        ? response.dropping(new ProcessorDrop.Everything(vcpu.name))
        : response.dropping(everything());
  }

  private ProcessorDrop[] everything() {
    return vcpus.stream()
        .map(vcpu -> new ProcessorDrop.Everything(vcpu.name))
        .toArray(ProcessorDrop[]::new);
  }

  /** Globals make INVLPG matter in every context, so previous roots are looked at too. */
  private Response invalidatePage(VirtualCpu vcpu, long address) {
    forgetStale(vcpu, address, key -> true);
    return flushed(vcpu, EventCause.TLB_MANIPULATION, ResyncKind.PARTIAL);
  }

  /**
   * In the root in use an entry that is in step may stay: a TLB could cache it again at once. In a
   * previous root nothing is cached again until it is loaded, so then it has to be compared.
   */
  private void forgetStale(VirtualCpu vcpu, long address, Predicate<Root.Key> covered) {
    long page = PagingMode.of(vcpu.control()).canonicalPage(PageSize.page(address));
    vcpu.owe(key -> !key.equals(vcpu.root().key) && covered.test(key));
    Slot slot = covered.test(vcpu.root().key) ? vcpu.root().find(page) : null;
    if (slot != null && slot.page().unsync && !slips.contains(Slip.INVLPG_SKIPS_UNSYNC_TABLE)) {
      sync.entry(slot);
    }
  }

  private Response invalidatePcid(VirtualCpu vcpu, Event.InvalidatePcid invalidate) {
    Predicate<Root.Key> covered =
        switch (invalidate.type()) {
          case ADDRESS, SINGLE_CONTEXT -> key -> key.pcid() == invalidate.pcid();
          case ALL_CONTEXTS, ALL_CONTEXTS_KEEPING_GLOBALS -> key -> true;
        };
    if (invalidate.type() == InvalidationType.ADDRESS) {
      forgetStale(vcpu, invalidate.address(), covered);
      return flushed(vcpu, EventCause.TLB_MANIPULATION, ResyncKind.PARTIAL);
    }
    vcpu.owe(covered);
    if (!covered.test(vcpu.root().key)) {
      return flushed(vcpu, EventCause.TLB_MANIPULATION, ResyncKind.NONE);
    }
    sync.all(vcpu.root().topPages());
    return flushed(vcpu, EventCause.TLB_MANIPULATION, ResyncKind.FULL);
  }

  /**
   * Loads the root that the new state asks for. A previous root is used as it was left only if the
   * guest asks for no flush and nothing was entered in its pages meanwhile: what another context
   * entered in a shared table, this one's TLB could not hold.
   */
  private Response writeControl(VirtualCpu vcpu, Event.ControlWrite write) {
    Root.Key key = keyAfter(vcpu, write);
    vcpu.leave(write.after(), pages.version());
    if (write.register() != ControlRegister.CR3) {
      vcpu.owe(any -> true);
    } else if (!write.keepsTranslations()) {
      vcpu.owe(covered ->
          covered.pcid() == key.pcid()
              && (covered.equals(key) || !slips.contains(Slip.FLUSH_MISSES_OTHER_ROOTS)));
    }
    vcpu.enter(key);
    if (write.register() != ControlRegister.CR3) {
      vcpu.forgetPrevious();
    }
    List<ShadowPage> tops = vcpu.root().topPages();
    boolean asLeft = Synchronization.isAsAt(tops, vcpu.root().leftAt());
    if (!asLeft && !slips.contains(Slip.FLUSH_DOES_NOT_SYNC)) {
      sync.all(tops);
    }
    return write.keepsTranslations() && slips.contains(Slip.KEPT_CONTEXT_NOT_FLUSHED)
        ? Response.of(new Action.Resume()).reporting(Causes.of(write), ResyncKind.FLUSH)
        : flushed(vcpu, Causes.of(write), asLeft ? ResyncKind.FLUSH : ResyncKind.FULL);
  }

  private Root.Key keyAfter(VirtualCpu vcpu, Event.ControlWrite write) {
    Root.Key key = Root.Key.of(write.after());
    Root.Key before = vcpu.root().key;
    return slips.contains(Slip.RELOADED_PDPTES_IGNORED)
            && write.before().cr3() == write.after().cr3()
            && before.meaning().equals(key.meaning())
        ? before
        : key;
  }

  /** The processor forgets what it holds for a virtual CPU, as the guest asked or may rely on. */
  private static Response flushed(VirtualCpu vcpu, EventCause cause, ResyncKind resync) {
    return Response.of(new Action.Resume())
        .dropping(new ProcessorDrop.Everything(vcpu.name))
        .reporting(cause, resync);
  }

  /** Follows the host; may come while an event reads guest memory. */
  HostResponse follow(HostOperation operation) {
    if (operation instanceof StartDirtyLog || operation instanceof HarvestDirtyLog) {
      pages.writeProtectAll();
    }
    Set<Long> dirty = host.follow(operation);
    switch (operation) {
      case MapFrames run -> forgetContent(run.guestFrame(), run.frames());
      case UnmapFrames run -> forgetContent(run.guestFrame(), run.frames());
      case MoveFrames run -> pages.dropLeaves(run.guestFrame(), run.frames());
      case ProtectFrames run -> pages.dropLeaves(run.guestFrame(), run.frames());
      case ResizePages run -> pages.dropLeaves(run.guestFrame(), run.frames());
      case StartDirtyLog start -> {}
      case HarvestDirtyLog harvest -> {}
      case CreateMachine create -> {}
      case DestroyMachine destroy -> {
        if (!slips.contains(Slip.OLD_SHADOW_FOR_NEW_MACHINE)) {
          pages.dropAll();
        }
      }
    }
    boolean ends = operation instanceof DestroyMachine;
    List<ProcessorDrop> drops = ends || pages.owesFlush() ? List.of(everything()) : List.of();
    if (!handling) {
      pages.flushed();
    }
    return new HostResponse(drops, dirty);
  }

  /** Frames hold something else now, so tables in them say something else. */
  private void forgetContent(long frame, long frames) {
    pages.dropLeaves(frame, frames);
    pages.zapTables(frame, frames);
  }
}
