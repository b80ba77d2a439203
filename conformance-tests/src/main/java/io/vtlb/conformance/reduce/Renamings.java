package io.vtlb.conformance.reduce;

import io.vtlb.model.machine.PageSize;
import io.vtlb.model.operation.GuestOperation;
import io.vtlb.model.paging.Level;
import io.vtlb.model.paging.PagingMode;
import io.vtlb.model.trace.Sequence;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Sequences in which a linear index of some level, or a PCID, has a smaller name, wherever it
 * occurs.
 *
 * <p>A used name is exchanged for an unused one, so that nothing is lost and nothing comes back.
 */
final class Renamings {

  private static final int SMALL = 2;

  private Renamings() {}

  static Stream<Sequence> of(Sequence sequence) {
    return Stream.concat(
        Modes.of(sequence.world()).stream()
            .flatMap(mode -> {
              EntryPlaces places = new EntryPlaces(sequence, mode);
              return IntStream.range(0, mode.levels().size())
                  .boxed()
                  .flatMap(depth -> indices(sequence, mode, depth, places));
            }),
        PcidRenaming.of(sequence));
  }

  private static Stream<Sequence> indices(
      Sequence sequence, PagingMode mode, int depth, EntryPlaces places) {
    Set<Integer> used = used(sequence, mode, mode.level(depth));
    return used.stream()
        .flatMap(index ->
            IntStream.range(0, Math.min(index, SMALL))
                .filter(smaller -> !used.contains(smaller))
                .boxed()
                .flatMap(smaller -> renamed(sequence, mode, depth, index, smaller, places)));
  }

  /** With the tables of that level only; or, where their level is not known, with all of them. */
  private static Stream<Sequence> renamed(
      Sequence sequence, PagingMode mode, int depth, int index, int smaller, EntryPlaces places) {
    Sequence guessed =
        new IndexRenaming(mode, depth, index, smaller, (vm, at) -> places.hold(vm, depth, at))
            .of(sequence, places);
    Sequence blunt = new IndexRenaming(mode, depth, index, smaller, (vm, at) -> true).of(sequence);
    return mode.level(depth).inMemory() ? Stream.of(guessed, blunt) : Stream.of(guessed);
  }

  /** The indices that linear addresses select, those of a second page among them. */
  private static Set<Integer> used(Sequence sequence, PagingMode mode, Level level) {
    return sequence.operations().stream()
        .flatMap(operation -> Actions.guest(operation).stream())
        .filter(operation -> Modes.of(sequence.world(), operation.vcpu()).equals(mode))
        .flatMapToLong(Renamings::bytes)
        .filter(mode::isCanonical)
        .mapToObj(address -> level.index(PageSize.page(mode.linear(address))))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The first and the last byte of what an operation is about. */
  private static LongStream bytes(GuestOperation operation) {
    return Operations.linear(operation).stream()
        .flatMap(address -> LongStream.of(address, address + Operations.bytes(operation) - 1));
  }
}
