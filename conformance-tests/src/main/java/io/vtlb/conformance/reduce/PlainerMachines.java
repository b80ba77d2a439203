package io.vtlb.conformance.reduce;

import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.PageSize;
import io.vtlb.model.machine.Profile;
import io.vtlb.model.operation.GuestOperation;
import io.vtlb.model.operation.GuestOperation.ForeignStore;
import io.vtlb.model.paging.PagingMode;
import io.vtlb.model.target.HostMap;
import io.vtlb.model.target.HostRange;
import io.vtlb.model.target.VmBlueprint.VcpuState;
import io.vtlb.model.trace.Machine;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Machines with one thing less: a word of memory, a run of frames or its protection, a control bit,
 * an entry's bit.
 */
final class PlainerMachines {

  private static final int WORD = 4;

  private PlainerMachines() {}

  /**
   * The plainer machines.
   *
   * @param operations what its guest performs, or others in its memory
   */
  static Stream<Machine> of(Machine machine, Profile profile, List<GuestOperation> operations) {
    return Stream.of(
            withoutEntries(machine),
            withoutWords(machine),
            plainerStates(machine, profile),
            shorterRuns(machine, operations),
            writableRuns(machine),
            clearerWords(machine))
        .flatMap(candidates -> candidates);
  }

  /** True if some virtual CPU of a machine starts with entries of this width. */
  private static boolean uses(Machine machine, boolean eightBytes) {
    return machine.vcpus().stream()
        .anyMatch(state -> state.control().physicalAddressExtension() == eightBytes);
  }

  /** Machines without the two words of an entry of eight bytes. */
  private static Stream<Machine> withoutEntries(Machine machine) {
    return uses(machine, true)
        ? machine.words().stream()
            .map(PlainerMachines::entry)
            .distinct()
            .map(gone -> keeping(machine, word -> entry(word) != gone))
        : Stream.empty();
  }

  private static long entry(Machine.Word word) {
    return word.physicalAddress() & -2L * WORD;
  }

  /**
   * Machines without one word; not where all entries are of eight bytes, half of which would be a
   * tag.
   */
  private static Stream<Machine> withoutWords(Machine machine) {
    return uses(machine, false)
        ? machine.words().stream().map(gone -> keeping(machine, word -> !word.equals(gone)))
        : Stream.empty();
  }

  private static Machine keeping(Machine machine, Predicate<Machine.Word> kept) {
    return with(machine, machine.words().stream().filter(kept).toList());
  }

  private static Machine with(Machine machine, List<Machine.Word> words) {
    return new Machine(machine.vcpus(), machine.hostMap(), words);
  }

  private static Stream<Machine> plainerStates(Machine machine, Profile profile) {
    return IntStream.range(0, machine.vcpus().size())
        .boxed()
        .flatMap(index ->
            PlainerStates.of(machine.vcpus().get(index), profile)
                .map(state -> {
                  List<VcpuState> vcpus = new ArrayList<>(machine.vcpus());
                  vcpus.set(index, state);
                  return new Machine(vcpus, machine.hostMap(), machine.words());
                }));
  }

  /** Only runs that hold no word and no root, and that no agent stores to, may go. */
  private static Stream<Machine> shorterRuns(Machine machine, List<GuestOperation> operations) {
    List<HostRange> ranges = machine.hostMap().ranges();
    return IntStream.range(0, ranges.size())
        .filter(index -> ranges.size() > 1 && !needed(ranges.get(index), machine, operations))
        .mapToObj(index -> {
          List<HostRange> rest = new ArrayList<>(ranges);
          rest.remove(index);
          return new Machine(machine.vcpus(), new HostMap(rest), machine.words());
        });
  }

  private static Stream<Machine> writableRuns(Machine machine) {
    List<HostRange> ranges = machine.hostMap().ranges();
    return IntStream.range(0, ranges.size())
        .filter(index -> ranges.get(index).readOnly())
        .mapToObj(index -> {
          HostRange range = ranges.get(index);
          List<HostRange> changed = new ArrayList<>(ranges);
          changed.set(index, new HostRange(range.guestFrame(), range.hostFrame(), range.frames()));
          return new Machine(machine.vcpus(), new HostMap(changed), machine.words());
        });
  }

  private static boolean needed(HostRange range, Machine machine, List<GuestOperation> operations) {
    HostMap only = new HostMap(List.of(range));
    Stream<Long> roots = machine.vcpus().stream().map(state -> root(state.control()));
    Stream<Long> words =
        machine.words().stream().map(word -> word.physicalAddress() >>> PageSize.BASE_SHIFT);
    Stream<Long> stores =
        operations.stream()
            .filter(ForeignStore.class::isInstance)
            .map(ForeignStore.class::cast)
            .map(store -> store.physicalAddress() >>> PageSize.BASE_SHIFT);
    return Stream.of(roots, words, stores)
        .flatMap(frames -> frames)
        .anyMatch(frame -> only.hostFrame(frame) != HostMap.NO_FRAME);
  }

  private static long root(ControlState control) {
    return PagingMode.of(control).format().rootFrame(control);
  }

  /** Machines whose words have one bit less; an upper half, all of its bits as well. */
  private static Stream<Machine> clearerWords(Machine machine) {
    return IntStream.range(0, machine.words().size())
        .boxed()
        .flatMap(index -> {
          Machine.Word word = machine.words().get(index);
          long value = Integer.toUnsignedLong(word.value());
          boolean upper = uses(machine, true) && word.physicalAddress() % (2 * WORD) != 0;
          return (upper ? SimplerValues.withoutBits(value) : SimplerValues.fewerFlags(value))
              .map(clearer -> {
                List<Machine.Word> words = new ArrayList<>(machine.words());
                words.set(index, new Machine.Word(word.physicalAddress(), clearer.intValue()));
                return with(machine, words);
              });
        });
  }
}
