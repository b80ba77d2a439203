package io.vtlb.conformance.reduce;

import io.vtlb.model.machine.InvalidationType;
import io.vtlb.model.machine.PageSize;
import io.vtlb.model.machine.Vcpu;
import io.vtlb.model.operation.AtRead;
import io.vtlb.model.operation.GuestOperation;
import io.vtlb.model.operation.GuestOperation.ChangeAlignmentCheck;
import io.vtlb.model.operation.GuestOperation.ChangePrivilege;
import io.vtlb.model.operation.GuestOperation.Fetch;
import io.vtlb.model.operation.GuestOperation.ForeignStore;
import io.vtlb.model.operation.GuestOperation.InvalidatePage;
import io.vtlb.model.operation.GuestOperation.InvalidatePcid;
import io.vtlb.model.operation.GuestOperation.Load;
import io.vtlb.model.operation.GuestOperation.Store;
import io.vtlb.model.operation.GuestOperation.WriteControl;
import io.vtlb.model.operation.GuestOperation.WriteProtectionKeyRights;
import io.vtlb.model.operation.HostOperation;
import io.vtlb.model.operation.Operation;
import io.vtlb.model.trace.Sequence;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Sequences in which one operation is simpler: a load for a fetch, four bytes for eight, a lower
 * address, a smaller value, an earlier read or none.
 */
final class SimplerOperations {

  private static final int HALF = 4;
  private static final long LOW_32 = 0xFFFF_FFFFL;

  private SimplerOperations() {}

  static Stream<Sequence> of(Sequence sequence) {
    return IntStream.range(0, sequence.operations().size())
        .boxed()
        .flatMap(index ->
            simpler(sequence.operations().get(index))
                .map(operation -> replaced(sequence, index, operation)));
  }

  private static Sequence replaced(Sequence sequence, int index, Operation operation) {
    List<Operation> operations = new ArrayList<>(sequence.operations());
    operations.set(index, operation);
    return sequence.with(operations);
  }

  private static Stream<Operation> simpler(Operation operation) {
    return switch (operation) {
      case GuestOperation guest -> simpler(guest).map(simpler -> simpler);
      case HostOperation host -> SimplerHostOperations.of(host).map(simpler -> simpler);
      case AtRead atRead -> simpler(atRead);
    };
  }

  /** What happens inside an event is simpler if it happens before it, or at an earlier read. */
  private static Stream<Operation> simpler(AtRead atRead) {
    int read = atRead.read();
    Operation inside = atRead.operation();
    Stream<Operation> earlier =
        Stream.of(1, read / 2, read - 1)
            .filter(other -> other > 0 && other < read)
            .distinct()
            .map(other -> new AtRead(other, inside));
    Stream<Operation> other =
        simpler(inside).filter(AtRead::mayInterrupt).map(one -> new AtRead(read, one));
    return Stream.of(Stream.of(inside), earlier, other).flatMap(candidates -> candidates);
  }

  private static Stream<GuestOperation> simpler(GuestOperation operation) {
    Stream<GuestOperation> own =
        switch (operation) {
          case Load load -> halves(load);
          case Fetch fetch ->
              Stream.concat(
                  Stream.of(new Load(fetch.vcpu(), fetch.address(), fetch.bytes())), halves(fetch));
          case Store store ->
              Stream.concat(
                  halves(store),
                  SimplerValues.of(store.value())
                      .map(
                          value -> new Store(store.vcpu(), store.address(), value, store.bytes())));
          case ForeignStore store -> simplerForeign(store);
          case InvalidatePage invalidate -> Stream.empty();
          case InvalidatePcid invalidate -> simplerInvpcid(invalidate);
          case WriteControl write ->
              SimplerValues.of(write.register(), write.value())
                  .map(value -> new WriteControl(write.vcpu(), write.register(), value));
          case WriteProtectionKeyRights write ->
              SimplerValues.withoutBits(Integer.toUnsignedLong(write.value()))
                  .map(value -> new WriteProtectionKeyRights(write.vcpu(), value.intValue()));
          case ChangeAlignmentCheck change -> Stream.empty();
          case ChangePrivilege change ->
              change.cpl() == 1 || change.cpl() == 2
                  ? Stream.of(new ChangePrivilege(change.vcpu(), 0))
                  : Stream.empty();
        };
    return Stream.concat(lower(operation), own);
  }

  /** The same at the start of its page, or without the upper half of its address. */
  private static Stream<GuestOperation> lower(GuestOperation operation) {
    OptionalLong linear = Operations.linear(operation);
    if (linear.isEmpty()) {
      return Stream.empty();
    }
    long address = linear.getAsLong();
    return Stream.of(address & -PageSize.BASE_BYTES, address & LOW_32)
        .filter(lower -> lower != address)
        .map(lower -> Operations.at(operation, from -> lower));
  }

  private static Stream<GuestOperation> halves(Load load) {
    return halves(load.address(), load.bytes())
        .map(address -> new Load(load.vcpu(), address, HALF));
  }

  private static Stream<GuestOperation> halves(Fetch fetch) {
    return halves(fetch.address(), fetch.bytes())
        .map(address -> new Fetch(fetch.vcpu(), address, HALF));
  }

  private static Stream<GuestOperation> halves(Store store) {
    return halves(store.address(), store.bytes())
        .map(address ->
            new Store(
                store.vcpu(), address, half(store.value(), address != store.address()), HALF));
  }

  private static Stream<Long> halves(long address, int bytes) {
    return bytes == HALF ? Stream.empty() : Stream.of(address, address + HALF);
  }

  private static long half(long value, boolean upper) {
    return upper ? value >>> Integer.SIZE : value & LOW_32;
  }

  private static Stream<GuestOperation> simplerForeign(ForeignStore store) {
    Vcpu vcpu = store.vcpu();
    long address = store.physicalAddress();
    Stream<GuestOperation> byTheFirst =
        vcpu.index() == 0
            ? Stream.empty()
            : Stream.of(Operations.by(store, new Vcpu(vcpu.vm(), 0)));
    Stream<GuestOperation> halves =
        halves(address, store.bytes())
            .map(part -> new ForeignStore(vcpu, part, half(store.value(), part != address), HALF));
    Stream<GuestOperation> values =
        SimplerValues.of(store.value())
            .map(value -> new ForeignStore(vcpu, address, value, store.bytes()));
    return Stream.of(byTheFirst, halves, values).flatMap(candidates -> candidates);
  }

  /** Zero for whatever the instruction does not look at, and for the PCID. */
  private static Stream<GuestOperation> simplerInvpcid(InvalidatePcid invalidate) {
    List<GuestOperation> simpler = new ArrayList<>();
    if (invalidate.pcid() != 0) {
      simpler.add(
          new InvalidatePcid(invalidate.vcpu(), invalidate.type(), 0, invalidate.address()));
    }
    if (invalidate.type() != InvalidationType.ADDRESS && invalidate.address() != 0) {
      simpler.add(new InvalidatePcid(invalidate.vcpu(), invalidate.type(), invalidate.pcid(), 0));
    }
    return simpler.stream();
  }
}
