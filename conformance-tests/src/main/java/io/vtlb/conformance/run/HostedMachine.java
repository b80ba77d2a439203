package io.vtlb.conformance.run;

import io.vtlb.model.machine.Vcpu;
import io.vtlb.model.memory.GuestPhysicalMemory;
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
import io.vtlb.model.target.HostMap;
import io.vtlb.model.target.VmBlueprint;
import io.vtlb.model.trace.Machine;
import io.vtlb.model.trace.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One machine of a world while it exists: its memory and its virtual CPUs. */
final class HostedMachine {

  private final VmBlueprint blueprint;
  private final GuestPhysicalMemory memory;
  private final List<GuestCpu> cpus = new ArrayList<>();
  private boolean logsWrites;

  /** Builds a machine as its world describes it. */
  HostedMachine(World world, int vm) {
    Machine machine = world.machines().get(vm);
    blueprint = new VmBlueprint(vm, machine.vcpus(), machine.hostMap(), world.profile());
    memory = new GuestPhysicalMemory(vm, machine.hostMap());
    for (Machine.Word word : machine.words()) {
      memory.write(word.physicalAddress(), word.value());
    }
    for (int index = 0; index < machine.vcpus().size(); index++) {
      cpus.add(
          new GuestCpu(
              new Vcpu(vm, index), machine.vcpus().get(index), new ProcessorTlb(world.caching())));
    }
  }

  VmBlueprint blueprint() {
    return blueprint;
  }

  GuestPhysicalMemory memory() {
    return memory;
  }

  List<GuestCpu> cpus() {
    return cpus;
  }

  HostMap hostMap() {
    return memory.hostMap();
  }

  /**
   * The host map after an operation, or nothing if it cannot be done to this machine as it stands.
   *
   * @param free true for host frames that belong to no machine
   */
  Optional<HostMap> after(HostOperation operation, FreeFrames free) {
    return isPossible(operation, free) ? Optional.of(hostMap().after(operation)) : Optional.empty();
  }

  private boolean isPossible(HostOperation operation, FreeFrames free) {
    HostMap map = hostMap();
    return switch (operation) {
      case MapFrames(int vm, long guestFrame, long hostFrame, long frames) ->
          map.behind(guestFrame, frames).isEmpty() && free.are(hostFrame, frames);
      case UnmapFrames(int vm, long guestFrame, long frames) -> map.backs(guestFrame, frames);
      case MoveFrames(int vm, long guestFrame, long hostFrame, long frames) ->
          map.backs(guestFrame, frames) && free.are(hostFrame, frames);
      case ProtectFrames(int vm, long guestFrame, long frames, boolean readOnly) ->
          map.backs(guestFrame, frames);
      case ResizePages(int vm, long guestFrame, long frames, int pages) ->
          map.backs(guestFrame, frames);
      case StartDirtyLog start -> !logsWrites;
      case HarvestDirtyLog harvest -> logsWrites;
      case DestroyMachine destroy -> true;
      case CreateMachine create -> false;
    };
  }

  /** Carries out what {@link #after} has found possible. */
  void change(HostOperation operation, HostMap after) {
    memory.remap(after);
    logsWrites |= operation instanceof StartDirtyLog;
  }

  /** Which host frames belong to nobody. */
  interface FreeFrames {
    boolean are(long hostFrame, long frames);
  }
}
