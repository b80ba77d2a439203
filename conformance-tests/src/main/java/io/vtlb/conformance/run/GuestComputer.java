package io.vtlb.conformance.run;

import io.vtlb.conformance.cell.CellMeter;
import io.vtlb.model.machine.PageSize;
import io.vtlb.model.machine.Vcpu;
import io.vtlb.model.memory.GuestPhysicalMemory;
import io.vtlb.model.monitor.Monitor;
import io.vtlb.model.operation.HostOperation;
import io.vtlb.model.target.GuestMemory;
import io.vtlb.model.target.HostMap;
import io.vtlb.model.target.HostRange;
import io.vtlb.model.target.Target;
import io.vtlb.model.trace.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The machines of a world while a sequence runs in it: memories, virtual CPUs, and which host frame
 * is whose.
 */
final class GuestComputer {

  private final World world;
  private final List<@Nullable HostedMachine> machines = new ArrayList<>();
  private final Monitor monitor;
  private final CellMeter meter;
  private final MemoryMirror mirror;

  /** Builds every machine of a world. */
  GuestComputer(World world, Monitor monitor, CellMeter meter, MemoryMirror mirror) {
    this.world = world;
    this.monitor = monitor;
    this.meter = meter;
    this.mirror = mirror;
    for (int vm = 0; vm < world.machines().size(); vm++) {
      machines.add(new HostedMachine(world, vm));
    }
  }

  /**
   * Has monitor and meter watch a machine, and the target create it.
   *
   * @param view the target's view of the watched memory
   */
  void create(int vm, Target target, UnaryOperator<GuestMemory> view) {
    HostedMachine machine = machine(vm);
    GuestMemory watched = monitor.watch(machine.blueprint(), machine.memory());
    mirror.holds(vm, world.machines().get(vm).words());
    target.create(
        machine.blueprint(),
        view.apply(meter.watch(machine.blueprint(), machine.memory(), watched)));
  }

  /** Stores to a machine's memory for the guest. */
  void store(int vm, long physicalAddress, int bytes, long value) {
    write(vm, physicalAddress, bytes, value);
    monitor.guestStored(vm, physicalAddress, bytes);
  }

  /** Stores to a machine's memory for another agent. */
  void storeForeign(int vm, long physicalAddress, int bytes, long value) {
    write(vm, physicalAddress, bytes, value);
    monitor.stored(vm, physicalAddress, bytes);
  }

  private void write(int vm, long physicalAddress, int bytes, long value) {
    meter.storing(vm, physicalAddress, bytes);
    memory(vm).store(physicalAddress, bytes, value);
    meter.stored(vm);
    if (memory(vm).backed(physicalAddress >>> PageSize.BASE_SHIFT)) {
      mirror.stored(vm, physicalAddress, bytes, value);
    }
  }

  /** True if a machine has more virtual CPUs than one. */
  boolean hasSeveralVcpus(int vm) {
    return machine(vm).cpus().size() > 1;
  }

  int count() {
    return machines.size();
  }

  /** True if a machine exists now. */
  boolean exists(int vm) {
    return vm < machines.size() && machines.get(vm) != null;
  }

  boolean has(Vcpu name) {
    return exists(name.vm()) && name.index() < machine(name.vm()).cpus().size();
  }

  GuestCpu cpu(Vcpu name) {
    return machine(name.vm()).cpus().get(name.index());
  }

  GuestPhysicalMemory memory(int vm) {
    return machine(vm).memory();
  }

  private HostedMachine machine(int vm) {
    HostedMachine machine = machines.get(vm);
    if (machine == null) {
      throw new IllegalStateException("machine " + vm + " does not exist");
    }
    return machine;
  }

  /** The machine whose memory stands in a host frame, or -1 where no machine's does. */
  int ownerOf(long hostFrame) {
    for (int vm = 0; vm < machines.size(); vm++) {
      if (exists(vm) && machine(vm).hostMap().guestFrame(hostFrame) != HostMap.NO_FRAME) {
        return vm;
      }
    }
    return -1;
  }

  long guestFrame(int vm, long hostFrame) {
    return machine(vm).hostMap().guestFrame(hostFrame);
  }

  /** The host map of a machine after an operation, or nothing if it cannot be done. */
  Optional<HostMap> after(HostOperation operation) {
    return exists(operation.vm())
        ? machine(operation.vm()).after(operation, this::areFree)
        : Optional.empty();
  }

  /** True if a machine can be created: there is none of its number, and its frames are free. */
  boolean mayCreate(int vm) {
    if (vm >= machines.size() || exists(vm)) {
      return false;
    }
    for (HostRange range : world.machines().get(vm).hostMap().ranges()) {
      if (!areFree(range.hostFrame(), range.frames())) {
        return false;
      }
    }
    return true;
  }

  private boolean areFree(long hostFrame, long frames) {
    for (int vm = 0; vm < machines.size(); vm++) {
      if (exists(vm)) {
        for (HostRange range : machine(vm).hostMap().ranges()) {
          if (hostFrame < range.hostFrame() + range.frames()
              && range.hostFrame() < hostFrame + frames) {
            return false;
          }
        }
      }
    }
    return true;
  }

  /** Carries out an operation that {@link #after} has found possible. */
  void change(HostOperation operation, HostMap after) {
    HostMap before = machine(operation.vm()).hostMap();
    machine(operation.vm()).change(operation, after);
    monitor.hostChanged(operation, before);
    meter.hostChanged(operation);
  }

  /** A machine is there again, as its world describes it. */
  void build(int vm) {
    machines.set(vm, new HostedMachine(world, vm));
  }

  /** A machine is gone. */
  void destroy(int vm) {
    machines.set(vm, null);
  }
}
