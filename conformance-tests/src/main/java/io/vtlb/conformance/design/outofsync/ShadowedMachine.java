package io.vtlb.conformance.design.outofsync;

import io.vtlb.model.event.ProcessorDrop;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.Vcpu;
import io.vtlb.model.paging.EntryMeaning;
import io.vtlb.model.paging.PagingMode;
import io.vtlb.model.paging.Walker;
import io.vtlb.model.target.GuestMemory;
import io.vtlb.model.target.VmBlueprint;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
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
  private final GuestFrames frames;
  private final TableSync tables;

  ShadowedMachine(VmBlueprint blueprint, GuestMemory memory, Set<Slip> slips) {
    this.memory = memory;
    this.slips = slips;
    this.walker = new Walker(blueprint.profile());
    this.pool = new ShadowPool(this::limit, this::isLoaded, slips);
    this.frames = new GuestFrames(pool, blueprint.hostMap());
    this.tables = new TableSync(memory, walker, pool, frames, slips);
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

  GuestFrames frames() {
    return frames;
  }

  TableSync tables() {
    return tables;
  }

  HostChanges hostChanges() {
    return new HostChanges(pool, frames, tables, slips);
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
    Shadow root = tables.promote(frame, type);
    pool.pin(root);
    vcpu.roots()[index] = root;
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
