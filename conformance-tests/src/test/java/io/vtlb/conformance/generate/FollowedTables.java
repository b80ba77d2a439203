package io.vtlb.conformance.generate;

import io.vtlb.model.machine.ControlRegister;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.Vcpu;
import io.vtlb.model.operation.GuestOperation;
import io.vtlb.model.operation.Operation;
import io.vtlb.model.trace.Sequence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The tables of every machine while a 4-level sequence goes on, as its stores through the window
 * and by other agents leave them; nothing else is played.
 */
final class FollowedTables {

  /** One entry of a walk. */
  record Entry(int depth, long address, long value) {

    long frame() {
      return value >>> 12 & 0xFF_FFFF_FFFFL;
    }

    boolean isLarge() {
      return depth > 0 && depth < 3 && (value & 0x80) != 0;
    }
  }

  private static final Terrain TERRAIN = Terrain.FOUR_LEVEL;
  private static final long WINDOW = TERRAIN.windowAddress(0);

  private final List<WrittenWords> memories = new ArrayList<>();
  private final Map<Vcpu, Long> roots = new HashMap<>();

  FollowedTables(Sequence sequence) {
    for (int vm = 0; vm < sequence.world().machines().size(); vm++) {
      WrittenWords memory = new WrittenWords();
      sequence.world().machines().get(vm).words().forEach(memory::store);
      memories.add(memory);
      for (int index = 0; index < sequence.world().machines().get(vm).vcpus().size(); index++) {
        roots.put(
            new Vcpu(vm, index),
            sequence.world().machines().get(vm).vcpus().get(index).control().cr3());
      }
    }
  }

  /** The word of a table that an operation stores to, if it is one. */
  static OptionalLong stored(Operation operation) {
    return switch (operation) {
      case GuestOperation.ForeignStore store -> OptionalLong.of(store.physicalAddress());
      case GuestOperation.Store store
          when Long.compareUnsigned(store.address() - WINDOW, 1 << 18) < 0 ->
          OptionalLong.of(store.address() - WINDOW);
      default -> OptionalLong.empty();
    };
  }

  /** The page that an operation accesses, as an address, if it is an access outside the window. */
  static OptionalLong page(Operation operation) {
    if (stored(operation).isPresent()) {
      return OptionalLong.empty();
    }
    return switch (operation) {
      case GuestOperation.Load load -> OptionalLong.of(load.address() & -4096);
      case GuestOperation.Store store -> OptionalLong.of(store.address() & -4096);
      case GuestOperation.Fetch fetch -> OptionalLong.of(fetch.address() & -4096);
      default -> OptionalLong.empty();
    };
  }

  static Optional<Long> root(Operation operation) {
    return operation instanceof GuestOperation.WriteControl write
            && write.register() == ControlRegister.CR3
        ? Optional.of(write.value())
        : Optional.empty();
  }

  void follow(Operation operation) {
    if (operation instanceof GuestOperation guest) {
      root(operation).ifPresent(root -> roots.put(guest.vcpu(), root));
      WrittenWords memory = memories.get(guest.vcpu().vm());
      switch (guest) {
        case GuestOperation.ForeignStore store ->
            memory.store(store.physicalAddress(), store.bytes(), store.value());
        case GuestOperation.Store store ->
            stored(store).ifPresent(at -> memory.store(at, store.bytes(), store.value()));
        default -> {}
      }
    }
  }

  /** The entries that translate a page, as far as they are present. */
  List<Entry> walk(Vcpu vcpu, long linear) {
    List<Entry> walk = new ArrayList<>();
    long table = roots.get(vcpu) & ~(ControlState.CR3_PCID | ControlState.CR3_NO_FLUSH);
    for (int depth = 0; depth < TERRAIN.depths(); depth++) {
      int index = TERRAIN.mode().level(depth).index(linear >>> 12);
      long address = TERRAIN.entryAddress(table, index);
      Entry entry = new Entry(depth, address, memories.get(vcpu.vm()).read(address, Long.BYTES));
      walk.add(entry);
      if ((entry.value() & 1) == 0 || entry.isLarge()) {
        break;
      }
      table = entry.frame() << 12;
    }
    return walk;
  }

  /** The guest frame that a page of four levels or a large one ends in, or -1. */
  static long frame(List<Entry> walk, long linear) {
    Entry last = walk.getLast();
    if ((last.value() & 1) == 0) {
      return -1;
    }
    if (last.isLarge()) {
      long pages = TERRAIN.mode().level(last.depth()).pages();
      return (last.frame() & -pages) + (linear >>> 12 & (pages - 1));
    }
    return last.depth() == TERRAIN.depths() - 1 ? last.frame() : -1;
  }
}
