package io.vtlb.conformance.reduce;

import io.vtlb.model.machine.ControlRegister;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.PageSize;
import io.vtlb.model.machine.Vcpu;
import io.vtlb.model.memory.GuestPhysicalMemory;
import io.vtlb.model.operation.GuestOperation;
import io.vtlb.model.operation.GuestOperation.ForeignStore;
import io.vtlb.model.operation.GuestOperation.Store;
import io.vtlb.model.operation.GuestOperation.WriteControl;
import io.vtlb.model.paging.EntryMeaning;
import io.vtlb.model.paging.GuestWalk;
import io.vtlb.model.paging.Level;
import io.vtlb.model.paging.PagingMode;
import io.vtlb.model.paging.Walker;
import io.vtlb.model.target.VmBlueprint.VcpuState;
import io.vtlb.model.trace.Machine;
import io.vtlb.model.trace.Sequence;
import io.vtlb.model.trace.World;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Where the tables of each level lie, as far as a sequence shows it: as they are at the start, and
 * as its stores would leave them.
 *
 * <p>It is a guess that saves runs: what it gets wrong, the next run shows.
 */
final class EntryPlaces {

  private final Sequence sequence;
  private final PagingMode mode;
  private final Walker walker;
  private final List<GuestPhysicalMemory> initial = new ArrayList<>();

  /** For each machine and depth, where tables begin, in bytes. */
  private final List<List<Set<Long>>> tables = new ArrayList<>();

  EntryPlaces(Sequence sequence, PagingMode mode) {
    this.sequence = sequence;
    this.mode = mode;
    World world = sequence.world();
    walker = new Walker(world.profile());
    for (int vm = 0; vm < world.machines().size(); vm++) {
      initial.add(memory(vm));
      List<Set<Long>> levels = new ArrayList<>();
      mode.levels().forEach(level -> levels.add(new HashSet<>()));
      tables.add(levels);
    }
    for (int vm = 0; vm < world.machines().size(); vm++) {
      find(vm, initial.get(vm));
      find(vm, afterwards(vm));
    }
  }

  /** True if an entry of the level at this depth stands at a guest-physical address. */
  boolean hold(int vm, int depth, long physicalAddress) {
    return tables.get(vm).get(depth).contains(physicalAddress & -tableBytes(depth));
  }

  /** The guest-physical address that a virtual CPU translates an address to at the start. */
  OptionalLong physical(Vcpu vcpu, long linear) {
    ControlState control =
        sequence.world().machines().get(vcpu.vm()).vcpus().get(vcpu.index()).control();
    PagingMode own = PagingMode.of(control);
    if (!own.equals(mode) || !own.isCanonical(linear)) {
      return OptionalLong.empty();
    }
    long page = PageSize.page(own.linear(linear));
    return walker.walk(initial.get(vcpu.vm()), control, page).end()
            instanceof GuestWalk.End.Reached(var translation)
        ? OptionalLong.of(PageSize.address(translation.frame(page), PageSize.offset(linear)))
        : OptionalLong.empty();
  }

  private GuestPhysicalMemory memory(int vm) {
    Machine machine = sequence.world().machines().get(vm);
    GuestPhysicalMemory memory = new GuestPhysicalMemory(vm, machine.hostMap());
    machine.words().forEach(word -> memory.write(word.physicalAddress(), word.value()));
    return memory;
  }

  /** The memory once every store has been done, wherever it leads at the start. */
  private GuestPhysicalMemory afterwards(int vm) {
    GuestPhysicalMemory memory = memory(vm);
    for (GuestOperation operation : guestOperations(vm)) {
      if (operation instanceof ForeignStore store) {
        memory.store(store.physicalAddress(), store.bytes(), store.value());
      } else if (operation instanceof Store store) {
        physical(store.vcpu(), store.address())
            .ifPresent(address -> memory.store(address, store.bytes(), store.value()));
      }
    }
    return memory;
  }

  /** What a machine's guest does, inside events as well. */
  private List<GuestOperation> guestOperations(int vm) {
    return sequence.operations().stream()
        .flatMap(operation -> Actions.guest(operation).stream())
        .filter(operation -> operation.vcpu().vm() == vm)
        .toList();
  }

  private void find(int vm, GuestPhysicalMemory memory) {
    for (VcpuState state : sequence.world().machines().get(vm).vcpus()) {
      if (Modes.of(state).equals(mode)) {
        ControlState control = state.control();
        tables.get(vm).getFirst().add(root(control));
        guestOperations(vm).stream()
            .filter(WriteControl.class::isInstance)
            .map(WriteControl.class::cast)
            .filter(write -> write.register() == ControlRegister.CR3)
            .forEach(write ->
                tables
                    .get(vm)
                    .getFirst()
                    .add(root(control.with(ControlRegister.CR3, write.value()))));
        descend(vm, memory, control);
      }
    }
  }

  private long root(ControlState control) {
    return mode.level(0).inMemory()
        ? PageSize.address(mode.format().rootFrame(control), 0)
        : control.cr3() & 0xFFFF_FFFFL & -tableBytes(0);
  }

  private void descend(int vm, GuestPhysicalMemory memory, ControlState control) {
    List<Set<Long>> levels = tables.get(vm);
    if (!mode.level(0).inMemory()) {
      control.pdptes().entries().forEach(entry -> follow(vm, 0, entry, control));
    }
    for (int depth = 0; depth < levels.size() - 1; depth++) {
      int bytes = mode.format().bytes();
      for (long table : List.copyOf(levels.get(depth))) {
        for (int index = 0; index < mode.level(depth).entries(); index++) {
          follow(vm, depth, memory.read(table + (long) index * bytes, bytes), control);
        }
      }
    }
  }

  private void follow(int vm, int depth, long entry, ControlState control) {
    Level level = mode.level(depth);
    if (walker.meaning(entry, level, mode, control) == EntryMeaning.TABLE) {
      tables.get(vm).get(depth + 1).add(PageSize.address(mode.format().tableFrame(entry), 0));
    }
  }

  private long tableBytes(int depth) {
    return (long) mode.level(depth).entries() * mode.format().bytes();
  }
}
