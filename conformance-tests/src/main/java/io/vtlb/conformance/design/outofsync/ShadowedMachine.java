package io.vtlb.conformance.design.outofsync;

import io.vtlb.conformance.design.parts.HostMemory;
import io.vtlb.conformance.design.parts.LoggedMemory;
import io.vtlb.model.event.HostResponse;
import io.vtlb.model.event.ProcessorDrop;
import io.vtlb.model.machine.ControlState;
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
import io.vtlb.model.paging.EntryMeaning;
import io.vtlb.model.paging.PagingMode;
import io.vtlb.model.paging.Walker;
import io.vtlb.model.target.GuestMemory;
import io.vtlb.model.target.VmBlueprint;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/** One machine: its virtual CPUs, and the shadow pages that they share. */
final class ShadowedMachine {

  /** Room for the ways to both pages of one access, up to four shadows each below a root. */
  private static final int PAGES_BELOW_ROOTS = 8;

  private final GuestMemory memory;
  private final Walker walker;
  private final List<VirtualCpu> vcpus = new ArrayList<>();
  private final Set<Slip> slips;
  private final ShadowPool pool;
  private final HostMemory host;
  private final TableSync tables;

  ShadowedMachine(VmBlueprint blueprint, GuestMemory memory, Set<Slip> slips) {
    this.slips = slips;
    this.host = new HostMemory(blueprint.hostMap());
    this.memory = new LoggedMemory(memory, host);
    this.walker = new Walker(blueprint.profile());
    this.pool = new ShadowPool(this::limit, this::isLoaded, slips);
    this.tables = new TableSync(this.memory, walker, pool, host, slips);
    for (VmBlueprint.VcpuState state : blueprint.vcpus()) {
      Vcpu name = new Vcpu(blueprint.vm(), vcpus.size());
      VirtualCpu vcpu = new VirtualCpu(name, state.control());
      vcpus.add(vcpu);
      load(vcpu, state.control());
    }
  }

  GuestMemory memory() {
    return memory;
  }

  Walker walker() {
    return walker;
  }

  ShadowPool pool() {
    return pool;
  }

  HostMemory host() {
    return host;
  }

  TableSync tables() {
    return tables;
  }

  VirtualCpu vcpu(Vcpu name) {
    return vcpus.get(name.index());
  }

  private int limit() {
    return PAGES_BELOW_ROOTS + (int) pool.all().stream().filter(this::isLoaded).count();
  }

  private boolean isLoaded(Shadow shadow) {
    return vcpus.stream().anyMatch(vcpu -> vcpu.runsOn(shadow));
  }

  /** Puts a virtual CPU on the root shadows of a control state. */
  void load(VirtualCpu vcpu, ControlState control) {
    Arrays.fill(vcpu.roots(), null);
    vcpu.load(control);
    ShadowType top = ShadowType.root(control);
    if (top.splintered()) {
      load(vcpu, 0, 0, top);
    } else if (control.paePaging()) {
      for (int index = 0; index < vcpu.roots().length; index++) {
        long entry = control.pdptes().get(index);
        if (walker.meaning(entry, top.level(), top.mode(), control) == EntryMeaning.TABLE) {
          load(vcpu, index, top.mode().format().tableFrame(entry), top.below());
        }
      }
    } else {
      load(vcpu, 0, PagingMode.of(control).format().rootFrame(control), top);
    }
  }

  private void load(VirtualCpu vcpu, int index, long frame, ShadowType type) {
    pool.reserve(1);
    Shadow root = tables.promote(new ShadowPool.Key(frame, type));
    pool.pin(root);
    vcpu.roots()[index] = root;
  }

  /** Follows what the host does, in every shadow there is; may come while an event is handled. */
  HostResponse follow(HostOperation operation) {
    Set<Long> written = host.follow(operation);
    switch (operation) {
      case MapFrames(int vm, long guest, long hostFrame, long count) -> {
        if (!slips.contains(Slip.DEVICE_REMEMBERED_OVER_MEMORY)) {
          pool.removeMappings(run(guest, count));
        }
      }
      case MoveFrames(int vm, long guest, long hostFrame, long count) ->
          pool.removeMappings(run(guest, count));
      case UnmapFrames(int vm, long guest, long count) -> {
        pool.removeMappings(run(guest, count));
        pool.unshadow(run(guest, count));
      }
      case ProtectFrames(int vm, long guest, long count, boolean readOnly) ->
          pool.removeWriteAccess(run(guest, count), true);
      case ResizePages(int vm, long guest, long count, int pages) -> {
        // Every entry maps a small page already, so that there is nothing to do.
        if (slips.contains(Slip.HOST_SPLIT_FORGETS_TABLES)) {
          pool.forget(run(guest, count));
        }
      }
      case StartDirtyLog start -> pool.removeWriteAccess(frame -> true, true);
      case HarvestDirtyLog harvest -> pool.removeWriteAccess(frame -> true, true);
      case DestroyMachine destroy -> pool.all().forEach(pool::clear);
      case CreateMachine create ->
          throw new IllegalArgumentException("a machine is created by its blueprint");
    }
    return new HostResponse(drops(), written);
  }

  private static LongPredicate run(long first, long count) {
    return frame -> frame >= first && frame < first + count;
  }

  /** What all processors have to forget by now. */
  List<ProcessorDrop> drops() {
    return pool.takeFlush() ? everything() : List.of();
  }

  private List<ProcessorDrop> everything() {
    List<ProcessorDrop> drops = new ArrayList<>(vcpus.size());
    vcpus.forEach(vcpu -> drops.add(new ProcessorDrop.Everything(vcpu.name())));
    return slips.contains(Slip.FLUSH_MISSES_OTHER_CPUS) ? drops.subList(0, 1) : drops;
  }

  /** The shadow with the last entry on the way to a page, if that is more than a link. */
  @Nullable Shadow mapping(VirtualCpu vcpu, long page) {
    for (VirtualCpu.Place place : vcpu.path(page)) {
      if (place.entry() != null && !(place.entry() instanceof ShadowEntry.Link)) {
        boolean found =
            !slips.contains(Slip.INVLPG_FINDS_NOTHING_PRESENT) || place.table().type().splintered();
        return found ? place.table() : null;
      }
    }
    return null;
  }
}
