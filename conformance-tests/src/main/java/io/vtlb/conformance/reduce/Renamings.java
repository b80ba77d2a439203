package io.vtlb.conformance.reduce;

import io.vtlb.model.operation.GuestOperation;
import io.vtlb.model.operation.GuestOperation.ForeignStore;
import io.vtlb.model.trace.Machine;
import io.vtlb.model.trace.Sequence;
import io.vtlb.model.trace.World;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongUnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Sequences in which a linear index has a smaller name, in addresses and tables alike.
 *
 * <p>An index of a directory is renamed in the words of every table, since a table's purpose is not
 * known here; what that breaks, the next run shows.
 */
final class Renamings {

  private static final int INDICES = 1024;
  private static final int SMALL = 2;

  private Renamings() {}

  static Stream<Sequence> of(Sequence sequence) {
    return Stream.of(22, 12)
        .flatMap(shift -> {
          Set<Integer> used = used(sequence, shift);
          return used.stream()
              .flatMap(index ->
                  IntStream.range(0, Math.min(index, SMALL))
                      .filter(smaller -> !used.contains(smaller))
                      .mapToObj(smaller -> renamed(sequence, shift, index, smaller)));
        });
  }

  private static Set<Integer> used(Sequence sequence, int shift) {
    return sequence.operations().stream()
        .mapToLong(Renamings::linear)
        .filter(address -> address >= 0)
        .mapToObj(address -> (int) (address >>> shift) % INDICES)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static long linear(GuestOperation operation) {
    return switch (operation) {
      case GuestOperation.Load load -> load.address();
      case GuestOperation.Store store -> store.address();
      case GuestOperation.Fetch fetch -> fetch.address();
      case GuestOperation.InvalidatePage invalidate -> invalidate.address();
      case ForeignStore store -> -1;
      case GuestOperation.WriteControl write -> -1;
      case GuestOperation.ChangePrivilege change -> -1;
    };
  }

  /**
   * Exchanges a used index for an unused one everywhere, so that nothing is lost and nothing comes
   * back.
   */
  private static Sequence renamed(Sequence sequence, int shift, int index, int smaller) {
    LongUnaryOperator linear = address -> swapped(address, shift, index, smaller);
    LongUnaryOperator entry = address -> swapped(address, 2, index, smaller);
    List<GuestOperation> operations =
        sequence.operations().stream()
            .map(operation ->
                operation instanceof ForeignStore store
                    ? new ForeignStore(
                        store.vcpu(), entry.applyAsLong(store.physicalAddress()), store.value())
                    : Operations.at(operation, linear))
            .toList();
    World world = sequence.world();
    List<Machine> machines =
        world.machines().stream()
            .map(machine ->
                new Machine(
                    machine.vcpus(),
                    machine.hostMap(),
                    machine.words().stream()
                        .map(word ->
                            new Machine.Word(
                                entry.applyAsLong(word.physicalAddress()), word.value()))
                        .sorted(Comparator.comparingLong(Machine.Word::physicalAddress))
                        .toList()))
            .toList();
    return new Sequence(
        new World(world.mode(), world.profile(), world.caching(), machines), operations);
  }

  private static long swapped(long address, int shift, int one, int other) {
    long index = (address >>> shift) & (INDICES - 1);
    long renamed = index == one ? other : index == other ? one : index;
    return (address & ~((INDICES - 1L) << shift)) | (renamed << shift);
  }
}
