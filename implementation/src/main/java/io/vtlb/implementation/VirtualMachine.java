package io.vtlb.implementation;

import io.vtlb.model.event.HostResponse;
import io.vtlb.model.event.ProcessorDrop;
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
import io.vtlb.model.target.GuestMemory;
import io.vtlb.model.target.HostMap;
import io.vtlb.model.target.HostRange;
import io.vtlb.model.target.VmBlueprint;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * One virtual machine: its virtual CPUs above one memory, and what each host operation does to all
 * of them.
 *
 * <p>Host operations are rare, so each is one pass over the valid entries of the machine, which
 * keeps nothing for them: what an entry leads to says whether it is concerned.
 *
 * <p>Source: claims 11, 14 and 24.
 */
final class VirtualMachine {

  private static final EntryRevision WITHHOLD_WRITES =
      (set, page, entry) -> EntryBits.withoutWrites(entry);

  private final MachineMemory memory;
  private final List<VirtualCpu> vcpus;

  VirtualMachine(VmBlueprint blueprint, GuestMemory content) {
    memory = new MachineMemory(content, blueprint.hostMap());
    List<VirtualCpu> created = new ArrayList<>(blueprint.vcpus().size());
    for (VmBlueprint.VcpuState start : blueprint.vcpus()) {
      Vcpu name = new Vcpu(blueprint.vm(), created.size());
      created.add(new VirtualCpu(name, start.control(), blueprint.profile(), memory));
    }
    vcpus = List.copyOf(created);
  }

  /** True if there is a virtual CPU of this name. */
  boolean has(Vcpu name) {
    return name.index() < vcpus.size();
  }

  VirtualCpu vcpu(Vcpu name) {
    return vcpus.get(name.index());
  }

  /** Takes away what an operation revokes, from every virtual CPU at once. */
  HostResponse follow(HostOperation operation) {
    HostMap after = memory.hostMap().after(operation);
    return switch (operation) {
      case MapFrames run -> replace(run.guestFrame(), run.frames(), after);
      case UnmapFrames run -> replace(run.guestFrame(), run.frames(), after);
      case MoveFrames run -> replace(run.guestFrame(), run.frames(), after);
      case ProtectFrames run -> protect(after);
      case ResizePages resize -> HostResponse.dropping(List.of());
      case StartDirtyLog start -> {
        memory.startLog();
        yield HostResponse.dropping(revise(WITHHOLD_WRITES));
      }
      case HarvestDirtyLog harvest -> {
        Set<Long> written = memory.harvestLog();
        yield new HostResponse(revise(WITHHOLD_WRITES), written);
      }
      case DestroyMachine destroy -> HostResponse.dropping(everything());
      case CreateMachine create ->
          throw new IllegalArgumentException("machine " + create.vm() + " exists already");
    };
  }

  /** Entries that lead to what stood behind a run of guest frames go; faults derive them anew. */
  private HostResponse replace(long guestFrame, long frames, HostMap after) {
    List<HostRange> revoked = memory.hostMap().behind(guestFrame, frames);
    memory.remap(after);
    return HostResponse.dropping(
        revise((set, page, entry) -> leadsInto(revoked, entry) ? EntryBits.NONE : entry));
  }

  private static boolean leadsInto(List<HostRange> runs, long entry) {
    long first = EntryBits.hostFrame(entry);
    long end = first + EntryBits.span(entry).pages();
    for (HostRange run : runs) {
      if (first < run.hostFrame() + run.frames() && end > run.hostFrame()) {
        return true;
      }
    }
    return false;
  }

  private HostResponse protect(HostMap after) {
    memory.remap(after);
    return HostResponse.dropping(revise((set, page, entry) -> memory.protectedAsNow(entry)));
  }

  private List<ProcessorDrop> revise(EntryRevision revision) {
    List<ProcessorDrop> drops = new ArrayList<>();
    for (VirtualCpu vcpu : vcpus) {
      drops.addAll(vcpu.follow(revision));
    }
    return drops;
  }

  private List<ProcessorDrop> everything() {
    List<ProcessorDrop> drops = new ArrayList<>();
    for (VirtualCpu vcpu : vcpus) {
      drops.add(new ProcessorDrop.Everything(vcpu.name()));
    }
    return drops;
  }
}
