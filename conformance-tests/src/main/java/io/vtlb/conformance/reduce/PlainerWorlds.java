package io.vtlb.conformance.reduce;

import io.vtlb.model.machine.ControlRegister;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.Profile;
import io.vtlb.model.machine.Vcpu;
import io.vtlb.model.operation.GuestOperation;
import io.vtlb.model.target.HostMap;
import io.vtlb.model.target.HostRange;
import io.vtlb.model.target.VmBlueprint.VcpuState;
import io.vtlb.model.trace.Caching;
import io.vtlb.model.trace.Machine;
import io.vtlb.model.trace.Sequence;
import io.vtlb.model.trace.World;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Worlds with one thing less: a machine, a word of memory, a run of frames, a control bit, a bit of
 * an entry.
 */
final class PlainerWorlds {

  private static final long[] CR4_BITS = {ControlState.CR4_PGE, ControlState.CR4_PSE};

  private PlainerWorlds() {}

  static Stream<Sequence> of(Sequence sequence) {
    return Stream.of(
            withoutMachines(sequence),
            withoutCaching(sequence),
            withUsualProfile(sequence),
            eachMachine(sequence, PlainerWorlds::plainer))
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
    List<GuestOperation> operations =
        sequence.operations().stream()
            .filter(operation -> operation.vcpu().vm() != gone)
            .map(operation -> renumbered(operation, gone))
            .toList();
    return new Sequence(with(sequence.world(), machines), operations);
  }

  private static GuestOperation renumbered(GuestOperation operation, int gone) {
    Vcpu old = operation.vcpu();
    return old.vm() < gone
        ? operation
        : Operations.by(operation, new Vcpu(old.vm() - 1, old.index()));
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

  private static Stream<Sequence> withUsualProfile(Sequence sequence) {
    World world = sequence.world();
    return world.profile().equals(Profile.GENERIC_32)
        ? Stream.empty()
        : Stream.of(
            new Sequence(
                new World(world.mode(), Profile.GENERIC_32, world.caching(), world.machines()),
                sequence.operations()));
  }

  /** How one machine may be simplified. */
  private interface Simplification {
    Stream<Machine> of(Machine machine);
  }

  private static Stream<Sequence> eachMachine(Sequence sequence, Simplification simplification) {
    return IntStream.range(0, sequence.world().machines().size())
        .boxed()
        .flatMap(vm ->
            simplification
                .of(sequence.world().machines().get(vm))
                .map(machine -> withMachine(sequence, vm, machine)));
  }

  private static Sequence withMachine(Sequence sequence, int vm, Machine machine) {
    List<Machine> machines = new ArrayList<>(sequence.world().machines());
    machines.set(vm, machine);
    return new Sequence(with(sequence.world(), machines), sequence.operations());
  }

  private static World with(World world, List<Machine> machines) {
    return new World(world.mode(), world.profile(), world.caching(), machines);
  }

  private static Stream<Machine> plainer(Machine machine) {
    return Stream.of(
            withoutWords(machine),
            plainerState(machine),
            shorterRuns(machine),
            clearerWords(machine))
        .flatMap(candidates -> candidates);
  }

  private static Stream<Machine> withoutWords(Machine machine) {
    return IntStream.range(0, machine.words().size())
        .mapToObj(gone -> {
          List<Machine.Word> words = new ArrayList<>(machine.words());
          words.remove(gone);
          return new Machine(machine.vcpus(), machine.hostMap(), words);
        });
  }

  private static Stream<Machine> plainerState(Machine machine) {
    VcpuState state = machine.vcpus().getFirst();
    List<VcpuState> simpler = new ArrayList<>();
    for (long bit : CR4_BITS) {
      if ((state.control().cr4() & bit) != 0) {
        simpler.add(
            new VcpuState(
                state.control().with(ControlRegister.CR4, state.control().cr4() & ~bit),
                state.cpl()));
      }
    }
    if (!state.control().writeProtect()) {
      simpler.add(
          new VcpuState(
              state
                  .control()
                  .with(ControlRegister.CR0, state.control().cr0() | ControlState.CR0_WP),
              state.cpl()));
    }
    if (state.cpl() != 0) {
      simpler.add(new VcpuState(state.control(), 0));
    }
    return simpler.stream()
        .map(one -> new Machine(List.of(one), machine.hostMap(), machine.words()));
  }

  /** Only runs that hold no word and no root may go; those need memory. */
  private static Stream<Machine> shorterRuns(Machine machine) {
    List<HostRange> ranges = machine.hostMap().ranges();
    return IntStream.range(0, ranges.size())
        .filter(index -> ranges.size() > 1 && !holdsTables(machine, ranges.get(index)))
        .mapToObj(index -> {
          List<HostRange> rest = new ArrayList<>(ranges);
          rest.remove(index);
          return new Machine(machine.vcpus(), new HostMap(rest), machine.words());
        });
  }

  private static boolean holdsTables(Machine machine, HostRange range) {
    HostMap only = new HostMap(List.of(range));
    long root = machine.vcpus().getFirst().control().cr3() >>> 12;
    return only.hostFrame(root) != HostMap.NO_FRAME
        || machine.words().stream()
            .anyMatch(word -> only.hostFrame(word.physicalAddress() >>> 12) != HostMap.NO_FRAME);
  }

  /** Words with one bit less. */
  private static Stream<Machine> clearerWords(Machine machine) {
    return IntStream.range(0, machine.words().size())
        .boxed()
        .flatMap(index -> {
          Machine.Word word = machine.words().get(index);
          return SimplerOperations.fewerFlags(Integer.toUnsignedLong(word.value()))
              .map(value -> {
                List<Machine.Word> words = new ArrayList<>(machine.words());
                words.set(index, new Machine.Word(word.physicalAddress(), value.intValue()));
                return new Machine(machine.vcpus(), machine.hostMap(), words);
              });
        });
  }
}
