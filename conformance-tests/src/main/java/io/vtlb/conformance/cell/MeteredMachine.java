package io.vtlb.conformance.cell;

import io.vtlb.model.memory.GuestPhysicalMemory;
import io.vtlb.model.operation.HostOperation;
import io.vtlb.model.paging.Walker;
import io.vtlb.model.target.HostMap;
import io.vtlb.model.target.VmBlueprint;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What the meter knows of one machine. */
final class MeteredMachine {

  private final GuestPhysicalMemory memory;
  private final List<MeteredCpu> cpus = new ArrayList<>();
  private final Set<Long> told = new HashSet<>();
  private boolean logs;

  MeteredMachine(VmBlueprint blueprint, Walker walker, GuestPhysicalMemory memory) {
    this.memory = memory;
    for (VmBlueprint.VcpuState state : blueprint.vcpus()) {
      cpus.add(new MeteredCpu(walker, memory, state.control()));
    }
  }

  MeteredCpu cpu(int index) {
    return cpus.get(index);
  }

  boolean has(int index) {
    return index < cpus.size();
  }

  HostMap hostMap() {
    return memory.hostMap();
  }

  /**
   * True if the host asks to know of stores to a guest frame, and has not been told of one since.
   */
  boolean logs(long frame) {
    return logs && !told.contains(frame);
  }

  /** A store to a guest frame reaches the target, which has to tell of it before it goes on. */
  void tell(long frame) {
    if (logs) {
      told.add(frame);
    }
  }

  /** The host has done something; what memory lost is no edit of the guest. */
  void hostChanged(HostOperation operation) {
    cpus.forEach(MeteredCpu::forgetWalks);
    switch (operation) {
      case HostOperation.StartDirtyLog start -> {
        logs = true;
        told.clear();
      }
      case HostOperation.HarvestDirtyLog harvest -> told.clear();
      case HostOperation.UnmapFrames(int vm, long first, long count) ->
          told.removeIf(frame -> frame >= first && frame < first + count);
      case HostOperation.MapFrames map -> {}
      case HostOperation.MoveFrames move -> {}
      case HostOperation.ProtectFrames protect -> {}
      case HostOperation.ResizePages resize -> {}
      case HostOperation.CreateMachine create -> {}
      case HostOperation.DestroyMachine destroy -> {}
    }
  }

  void storing(long address, int bytes) {
    for (int cpu = 0; cpu < cpus.size(); cpu++) {
      cpus.get(cpu).storing(address, bytes);
    }
  }

  void stored() {
    for (int cpu = 0; cpu < cpus.size(); cpu++) {
      cpus.get(cpu).stored();
    }
  }

  void updated(long address, int bytes) {
    for (int cpu = 0; cpu < cpus.size(); cpu++) {
      cpus.get(cpu).updated(address, bytes);
    }
  }
}
