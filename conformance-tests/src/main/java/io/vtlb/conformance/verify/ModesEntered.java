package io.vtlb.conformance.verify;

import io.vtlb.model.control.RegisterWrite;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.Paging;
import io.vtlb.model.machine.Vcpu;
import io.vtlb.model.memory.GuestPhysicalMemory;
import io.vtlb.model.operation.AtRead;
import io.vtlb.model.operation.GuestOperation;
import io.vtlb.model.operation.HostOperation;
import io.vtlb.model.operation.Operation;
import io.vtlb.model.paging.PagingMode;
import io.vtlb.model.target.VmBlueprint.VcpuState;
import io.vtlb.model.trace.Machine;
import io.vtlb.model.trace.Sequence;
import io.vtlb.model.trace.World;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Finds the paging modes that the virtual CPUs of a sequence come into.
 *
 * <p>Guest memory is taken as the world has it, so a load of PDPTE registers from memory that the
 * sequence has changed may be legal here and not in a run, or the other way round.
 */
final class ModesEntered {

  private final World world;
  private final Map<Vcpu, ControlState> controls = new HashMap<>();
  private final Map<Vcpu, Integer> levels = new HashMap<>();
  private final Map<Integer, GuestPhysicalMemory> memories = new HashMap<>();
  private final Set<Paging> entered = EnumSet.noneOf(Paging.class);

  private ModesEntered(World world) {
    this.world = world;
    for (int vm = 0; vm < world.machines().size(); vm++) {
      start(vm);
    }
  }

  /** The modes that some virtual CPU starts in or changes to. */
  static Set<Paging> of(Sequence sequence) {
    ModesEntered modes = new ModesEntered(sequence.world());
    sequence.operations().forEach(modes::follow);
    return modes.entered;
  }

  private void start(int vm) {
    Machine machine = world.machines().get(vm);
    for (int index = 0; index < machine.vcpus().size(); index++) {
      VcpuState state = machine.vcpus().get(index);
      Vcpu vcpu = new Vcpu(vm, index);
      levels.put(vcpu, state.cpl());
      enter(vcpu, state.control());
    }
  }

  private void enter(Vcpu vcpu, ControlState control) {
    controls.put(vcpu, control);
    entered.add(PagingMode.of(control).paging());
  }

  private void follow(Operation operation) {
    switch (operation) {
      case HostOperation.CreateMachine create -> start(create.vm());
      case GuestOperation.ChangePrivilege change ->
          levels.computeIfPresent(change.vcpu(), (vcpu, before) -> change.cpl());
      case GuestOperation.WriteControl write -> write(write);
      case AtRead point -> follow(point.operation());
      case GuestOperation other -> {}
      case HostOperation other -> {}
    }
  }

  private void write(GuestOperation.WriteControl write) {
    ControlState before = controls.get(write.vcpu());
    if (before != null && levels.getOrDefault(write.vcpu(), 3) == 0) {
      RegisterWrite.of(
              write.register(),
              write.value(),
              before,
              world.profile(),
              memories.computeIfAbsent(write.vcpu().vm(), this::memory))
          .ifPresent(after -> enter(write.vcpu(), after));
    }
  }

  private GuestPhysicalMemory memory(int vm) {
    Machine machine = world.machines().get(vm);
    GuestPhysicalMemory memory = new GuestPhysicalMemory(vm, machine.hostMap());
    machine.words().forEach(word -> memory.write(word.physicalAddress(), word.value()));
    return memory;
  }
}
