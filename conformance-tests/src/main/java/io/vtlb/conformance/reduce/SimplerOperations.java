package io.vtlb.conformance.reduce;

import io.vtlb.model.operation.GuestOperation;
import io.vtlb.model.operation.GuestOperation.ChangePrivilege;
import io.vtlb.model.operation.GuestOperation.Fetch;
import io.vtlb.model.operation.GuestOperation.ForeignStore;
import io.vtlb.model.operation.GuestOperation.InvalidatePage;
import io.vtlb.model.operation.GuestOperation.Load;
import io.vtlb.model.operation.GuestOperation.Store;
import io.vtlb.model.operation.GuestOperation.WriteControl;
import io.vtlb.model.trace.Sequence;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Sequences in which one operation is simpler: a load for a fetch, offset zero, a smaller value.
 */
final class SimplerOperations {

  private static final long OFFSET = 0xFFF;

  private SimplerOperations() {}

  static Stream<Sequence> of(Sequence sequence) {
    return IntStream.range(0, sequence.operations().size())
        .boxed()
        .flatMap(index ->
            simpler(sequence.operations().get(index))
                .map(operation -> replaced(sequence, index, operation)));
  }

  private static Sequence replaced(Sequence sequence, int index, GuestOperation operation) {
    List<GuestOperation> operations = new ArrayList<>(sequence.operations());
    operations.set(index, operation);
    return sequence.with(operations);
  }

  private static Stream<GuestOperation> simpler(GuestOperation operation) {
    return switch (operation) {
      case Load load -> atPageStart(load, load.address());
      case Fetch fetch ->
          Stream.concat(
              Stream.of(new Load(fetch.vcpu(), fetch.address())),
              atPageStart(fetch, fetch.address()));
      case Store store ->
          Stream.concat(
              atPageStart(store, store.address()),
              smaller(store.value()).map(value -> new Store(store.vcpu(), store.address(), value)));
      case ForeignStore store ->
          smaller(store.value())
              .map(value -> new ForeignStore(store.vcpu(), store.physicalAddress(), value));
      case InvalidatePage invalidate -> atPageStart(invalidate, invalidate.address());
      case ChangePrivilege change ->
          change.cpl() == 1 || change.cpl() == 2
              ? Stream.of(new ChangePrivilege(change.vcpu(), 0))
              : Stream.empty();
      case WriteControl write -> Stream.empty();
    };
  }

  private static Stream<GuestOperation> atPageStart(GuestOperation operation, long address) {
    return (address & OFFSET) == 0
        ? Stream.empty()
        : Stream.of(Operations.at(operation, from -> from & ~OFFSET));
  }

  private static Stream<Long> smaller(long value) {
    return Stream.concat(value > 1 ? Stream.of(0L, 1L) : Stream.empty(), fewerFlags(value));
  }

  /** A value with one of its low twelve bits, an entry's flags, cleared. */
  static Stream<Long> fewerFlags(long value) {
    return LongStream.rangeClosed(1, 11)
        .map(bit -> 1L << bit)
        .filter(bit -> (value & bit) != 0)
        .mapToObj(bit -> value & ~bit);
  }
}
