package io.vtlb.conformance.run;

import io.vtlb.model.machine.Vcpu;
import io.vtlb.model.memory.GuestPhysicalMemory;
import io.vtlb.model.monitor.Monitor;
import io.vtlb.model.target.HostMap;
import io.vtlb.model.target.Target;
import io.vtlb.model.target.VmBlueprint;
import io.vtlb.model.trace.Machine;
import io.vtlb.model.trace.World;
import java.util.ArrayList;
import java.util.List;

/**
 * The machines of a world while a sequence runs in it: memories, virtual CPUs, and which host frame
 * is whose.
 */
final class GuestComputer {

  private record Built(VmBlueprint blueprint, GuestPhysicalMemory memory, List<GuestCpu> cpus) {

    HostMap hostMap() {
      return blueprint.hostMap();
    }
  }

  private final List<Built> machines = new ArrayList<>();
  private final Monitor monitor;

  /** Builds every machine of a world. */
  GuestComputer(World world, Monitor monitor) {
    this.monitor = monitor;
    for (int vm = 0; vm < world.machines().size(); vm++) {
      Machine machine = world.machines().get(vm);
      GuestPhysicalMemory memory = new GuestPhysicalMemory(vm, machine.hostMap());
      for (Machine.Word word : machine.words()) {
        memory.write(word.physicalAddress(), word.value());
      }
      List<GuestCpu> cpus = new ArrayList<>();
      for (int index = 0; index < machine.vcpus().size(); index++) {
        VmBlueprint.VcpuState state = machine.vcpus().get(index);
        cpus.add(new GuestCpu(new Vcpu(vm, index), state, new ProcessorTlb(world.caching())));
      }
      VmBlueprint blueprint =
          new VmBlueprint(vm, machine.vcpus(), machine.hostMap(), world.profile());
      machines.add(new Built(blueprint, memory, cpus));
    }
  }

  /** Has the monitor watch every machine, and the target create it. */
  void create(Target target) {
    for (Built machine : machines) {
      target.create(machine.blueprint(), monitor.watch(machine.blueprint(), machine.memory()));
    }
  }

  /** Stores to a machine's memory for the guest or another agent. */
  void store(int vm, long physicalAddress, int bytes, long value) {
    memory(vm).store(physicalAddress, bytes, value);
    monitor.guestStored(vm, physicalAddress, bytes);
  }

  /** True if a machine has more virtual CPUs than one. */
  boolean hasSeveralVcpus(int vm) {
    return machines.get(vm).cpus().size() > 1;
  }

  int count() {
    return machines.size();
  }

  boolean has(Vcpu name) {
    return name.vm() < machines.size() && name.index() < machines.get(name.vm()).cpus().size();
  }

  GuestCpu cpu(Vcpu name) {
    return machines.get(name.vm()).cpus().get(name.index());
  }

  GuestPhysicalMemory memory(int vm) {
    return machines.get(vm).memory();
  }

  /** The machine whose memory stands in a host frame, or -1 where no machine's does. */
  int ownerOf(long hostFrame) {
    for (int vm = 0; vm < machines.size(); vm++) {
      if (machines.get(vm).hostMap().guestFrame(hostFrame) != HostMap.NO_FRAME) {
        return vm;
      }
    }
    return -1;
  }

  long guestFrame(int vm, long hostFrame) {
    return machines.get(vm).hostMap().guestFrame(hostFrame);
  }
}
