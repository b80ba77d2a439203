package io.vtlb.conformance.reduce;

import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.PageSize;
import io.vtlb.model.machine.PdpteRegisters;
import io.vtlb.model.operation.GuestOperation;
import io.vtlb.model.operation.GuestOperation.ForeignStore;
import io.vtlb.model.operation.Operation;
import io.vtlb.model.paging.Level;
import io.vtlb.model.paging.PagingMode;
import io.vtlb.model.target.VmBlueprint.VcpuState;
import io.vtlb.model.trace.Machine;
import io.vtlb.model.trace.Sequence;
import io.vtlb.model.trace.World;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/**
 * Exchanges two indices of one level, in linear addresses and in entries alike.
 *
 * @param mode the mode whose addresses and entries are meant
 * @param depth the level, counted from the root's 0
 * @param entries which guest-physical addresses hold the entries
 */
record IndexRenaming(PagingMode mode, int depth, int one, int other, Entries entries) {

  /** Tells entries from other memory. */
  interface Entries {
    boolean hold(int vm, long physicalAddress);
  }

  /** A sequence renamed, edits through pages that map tables among them. */
  Sequence of(Sequence sequence, EntryPlaces places) {
    return renamed(
        sequence,
        operation -> {
          OptionalLong linear = Operations.linear(operation);
          OptionalLong physical =
              linear.isEmpty() ? linear : places.physical(operation.vcpu(), linear.getAsLong());
          return physical.isPresent() && entries.hold(operation.vcpu().vm(), physical.getAsLong())
              ? PageSize.offset(entry(operation.vcpu().vm(), physical.getAsLong()))
                  - PageSize.offset(physical.getAsLong())
              : 0;
        });
  }

  /** A sequence renamed, offsets inside pages left as they are. */
  Sequence of(Sequence sequence) {
    return renamed(sequence, operation -> 0);
  }

  /** By how much the offset of an operation's address moves, in bytes. */
  private interface Move {
    int of(GuestOperation operation);
  }

  private Sequence renamed(Sequence sequence, Move move) {
    World world = sequence.world();
    List<Operation> operations =
        sequence.operations().stream()
            .map(one -> Actions.withGuest(one, guest -> renamed(guest, world, move)))
            .toList();
    List<Machine> machines =
        IntStream.range(0, world.machines().size())
            .mapToObj(vm -> renamed(vm, world.machines().get(vm)))
            .toList();
    return new Sequence(
        new World(world.mode(), world.profile(), world.caching(), machines), operations);
  }

  private GuestOperation renamed(GuestOperation operation, World world, Move move) {
    if (operation instanceof ForeignStore store) {
      return new ForeignStore(
          store.vcpu(),
          entry(store.vcpu().vm(), store.physicalAddress()),
          store.value(),
          store.bytes());
    }
    if (!Modes.of(world, operation.vcpu()).equals(mode)) {
      return operation;
    }
    int moved = move.of(operation);
    return Operations.at(operation, address -> linear(address) + moved);
  }

  /** A linear address that no walk begins for stays as it is. */
  private long linear(long address) {
    if (!mode.isCanonical(address)) {
      return address;
    }
    Level level = mode.level(depth);
    long page = PageSize.page(mode.linear(address));
    int shift = level.shift() - PageSize.BASE_SHIFT;
    long renamed =
        (page & ~((level.entries() - 1L) << shift)) | (long) swapped(level.index(page)) << shift;
    return PageSize.address(mode.canonicalPage(renamed), PageSize.offset(address));
  }

  private int swapped(int index) {
    return index == one ? other : index == other ? one : index;
  }

  /** The guest-physical address of a byte of an entry. */
  private long entry(int vm, long physicalAddress) {
    if (!entries.hold(vm, physicalAddress)) {
      return physicalAddress;
    }
    int bytes = mode.format().bytes();
    long table = physicalAddress & -((long) mode.level(depth).entries() * bytes);
    int within = (int) (physicalAddress - table);
    return table + (long) swapped(within / bytes) * bytes + within % bytes;
  }

  private Machine renamed(int vm, Machine machine) {
    return new Machine(
        machine.vcpus().stream().map(this::renamed).toList(),
        machine.hostMap(),
        machine.words().stream()
            .map(word -> new Machine.Word(entry(vm, word.physicalAddress()), word.value()))
            .sorted(Comparator.comparingLong(Machine.Word::physicalAddress))
            .toList());
  }

  private VcpuState renamed(VcpuState state) {
    ControlState control = state.control();
    if (mode.level(depth).inMemory() || !PagingMode.of(control).equals(mode)) {
      return state;
    }
    List<Long> registers = new ArrayList<>(control.pdptes().entries());
    Collections.swap(registers, one, other);
    return new VcpuState(
        control.with(new PdpteRegisters(registers)),
        state.cpl(),
        state.alignmentCheck(),
        state.pkru());
  }
}
