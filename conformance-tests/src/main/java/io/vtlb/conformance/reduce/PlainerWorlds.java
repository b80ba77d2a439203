package io.vtlb.conformance.reduce;

import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.Vcpu;
import io.vtlb.model.operation.GuestOperation;
import io.vtlb.model.operation.GuestOperation.ForeignStore;
import io.vtlb.model.operation.GuestOperation.WriteControl;
import io.vtlb.model.operation.Operation;
import io.vtlb.model.paging.PagingMode;
import io.vtlb.model.target.VmBlueprint.VcpuState;
import io.vtlb.model.trace.Caching;
import io.vtlb.model.trace.Machine;
import io.vtlb.model.trace.Sequence;
import io.vtlb.model.trace.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Worlds with one thing less: a machine, a virtual CPU, a capability, a policy, or something of one
 * machine.
 */
final class PlainerWorlds {

  private PlainerWorlds() {}

  static Stream<Sequence> of(Sequence sequence) {
    return Stream.of(
            withoutMachines(sequence),
            withoutVcpus(sequence),
            withoutCaching(sequence),
            PlainerProfiles.of(sequence)
                .map(profile -> {
                  World world = sequence.world();
                  return new Sequence(
                      new World(world.mode(), profile, world.caching(), world.machines()),
                      sequence.operations());
                }),
            withOneMode(sequence),
            plainerMachines(sequence))
        .flatMap(candidates -> candidates);
  }

  private static Stream<Sequence> withoutMachines(Sequence sequence) {
    int count = sequence.world().machines().size();
    return count == 1
        ? Stream.empty()
        : IntStream.range(0, count).mapToObj(vm -> withoutMachine(sequence, vm));
  }

  private static Sequence withoutMachine(Sequence sequence, int gone) {
    List<Machine> machines = new ArrayList<>(sequence.world().machines());
    machines.remove(gone);
    List<Operation> operations =
        sequence.operations().stream()
            .filter(operation -> Actions.vm(operation) != gone)
            .map(operation -> renumbered(operation, gone))
            .toList();
    return new Sequence(with(sequence.world(), machines), operations);
  }

  private static Operation renumbered(Operation operation, int gone) {
    int old = Actions.vm(operation);
    return old < gone ? operation : Actions.on(operation, old - 1);
  }

  private static Stream<Sequence> withoutVcpus(Sequence sequence) {
    List<Machine> machines = sequence.world().machines();
    return IntStream.range(0, machines.size())
        .filter(vm -> machines.get(vm).vcpus().size() > 1)
        .boxed()
        .flatMap(vm ->
            IntStream.range(0, machines.get(vm).vcpus().size())
                .mapToObj(index -> withoutVcpu(sequence, new Vcpu(vm, index))));
  }

  /** What the virtual CPU does goes with it; what others store in its machine's memory stays. */
  private static Sequence withoutVcpu(Sequence sequence, Vcpu gone) {
    Machine machine = sequence.world().machines().get(gone.vm());
    List<VcpuState> vcpus = new ArrayList<>(machine.vcpus());
    vcpus.remove(gone.index());
    List<Operation> operations =
        sequence.operations().stream()
            .filter(operation -> Actions.guest(operation).stream().noneMatch(one -> by(one, gone)))
            .map(operation -> Actions.withGuest(operation, guest -> renumbered(guest, gone)))
            .toList();
    return new Sequence(
        with(sequence.world(), gone.vm(), new Machine(vcpus, machine.hostMap(), machine.words())),
        operations);
  }

  private static boolean by(GuestOperation operation, Vcpu vcpu) {
    return !(operation instanceof ForeignStore) && operation.vcpu().equals(vcpu);
  }

  private static GuestOperation renumbered(GuestOperation operation, Vcpu gone) {
    Vcpu old = operation.vcpu();
    return old.vm() != gone.vm() || old.index() < gone.index()
        ? operation
        : Operations.by(operation, new Vcpu(old.vm(), Math.max(0, old.index() - 1)));
  }

  private static Stream<Sequence> withoutCaching(Sequence sequence) {
    Caching caching = sequence.world().caching();
    return plainer(caching.policy()).stream()
        .map(policy -> withCaching(sequence, new Caching(policy, 0)));
  }

  private static List<Caching.Policy> plainer(Caching.Policy policy) {
    return switch (policy) {
      case NEVER -> List.of();
      case FOREVER -> List.of(Caching.Policy.NEVER);
      case SPECULATIVE, RANDOM -> List.of(Caching.Policy.NEVER, Caching.Policy.FOREVER);
    };
  }

  private static Sequence withCaching(Sequence sequence, Caching caching) {
    World world = sequence.world();
    return new Sequence(
        new World(world.mode(), world.profile(), caching, world.machines()), sequence.operations());
  }

  /** The label of the one mode that all virtual CPUs start in, and that none leaves. */
  private static Stream<Sequence> withOneMode(Sequence sequence) {
    World world = sequence.world();
    Set<String> modes =
        world.machines().stream()
            .flatMap(machine -> machine.vcpus().stream())
            .map(state -> PagingMode.of(state.control()).name())
            .collect(Collectors.toSet());
    return modes.size() != 1
            || modes.contains(world.mode())
            || sequence.operations().stream().anyMatch(operation -> leavesMode(world, operation))
        ? Stream.empty()
        : modes.stream()
            .map(mode ->
                new Sequence(
                    new World(mode, world.profile(), world.caching(), world.machines()),
                    sequence.operations()));
  }

  private static boolean leavesMode(World world, Operation operation) {
    if (!(operation instanceof WriteControl write)) {
      return false;
    }
    Vcpu vcpu = write.vcpu();
    long changed =
        write.value()
            ^ world
                .machines()
                .get(vcpu.vm())
                .vcpus()
                .get(vcpu.index())
                .control()
                .get(write.register());
    return switch (write.register()) {
      case CR0 -> (changed & ControlState.CR0_PG) != 0;
      case CR4 -> (changed & (ControlState.CR4_PAE | ControlState.CR4_LA57)) != 0;
      case CR3, EFER -> false;
    };
  }

  private static Stream<Sequence> plainerMachines(Sequence sequence) {
    World world = sequence.world();
    return IntStream.range(0, world.machines().size())
        .boxed()
        .flatMap(vm ->
            PlainerMachines.of(world.machines().get(vm), world.profile(), operations(sequence, vm))
                .map(machine -> new Sequence(with(world, vm, machine), sequence.operations())));
  }

  private static List<GuestOperation> operations(Sequence sequence, int vm) {
    return sequence.operations().stream()
        .flatMap(operation -> Actions.guest(operation).stream())
        .filter(one -> one.vcpu().vm() == vm)
        .toList();
  }

  private static World with(World world, int vm, Machine machine) {
    List<Machine> machines = new ArrayList<>(world.machines());
    machines.set(vm, machine);
    return with(world, machines);
  }

  private static World with(World world, List<Machine> machines) {
    return new World(world.mode(), world.profile(), world.caching(), machines);
  }
}
