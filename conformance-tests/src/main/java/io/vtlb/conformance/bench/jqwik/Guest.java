package io.vtlb.conformance.bench.jqwik;

import io.vtlb.implementation.IndexedVirtualTlb;
import io.vtlb.model.machine.AccessKind;
import io.vtlb.model.machine.ControlRegister;
import io.vtlb.model.machine.PageSize;
import io.vtlb.model.target.VirtualTlb;
import io.vtlb.model.target.VmBlueprint;
import io.vtlb.model.trace.Machine;
import io.vtlb.model.trace.World;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The state of a chain: the target, and beside it what the model's parts say of it. Nothing of the
 * kit's own harness and monitor is used: after each operation all that can be reached, on every
 * virtual CPU, is compared anew with what is admissible there.
 */
final class Guest {

  private static final List<Long> EDITED_TABLES =
      List.of(12L, 13L, 14L, 15L, 16L, 18L, 19L, 20L, 21L);
  private static final long ENTRY_OF_WINDOW = 5L * Long.BYTES;

  /** The lower half of an entry of a table: its flags, and all of the frames that there are. */
  static final class Entry {
    private final long address;
    private long value;

    private Entry(long address, long value) {
      this.address = address;
      this.value = value;
    }

    long value() {
      return value;
    }
  }

  private final GuestWorlds worlds;
  private final List<ChainMachine> machines = new ArrayList<>();
  private final List<ChainCpu> cpus = new ArrayList<>();
  private final Map<Integer, List<Entry>> entries = new HashMap<>();
  private ChainCpu cpu;

  Guest(World world, GuestWorlds worlds) {
    this.worlds = worlds;
    VirtualTlb target = new IndexedVirtualTlb();
    for (int vm = 0; vm < world.machines().size(); vm++) {
      Machine machine = world.machines().get(vm);
      VmBlueprint blueprint =
          new VmBlueprint(vm, machine.vcpus(), machine.hostMap(), world.profile());
      machines.add(new ChainMachine(blueprint, machine, target));
      cpus.addAll(machines.getLast().cpus());
      entries.put(vm, entries(machine));
    }
    cpu = cpus.getFirst();
  }

  private static List<Entry> entries(Machine machine) {
    return machine.words().stream()
        .filter(word -> word.physicalAddress() % Long.BYTES == 0)
        .filter(word -> EDITED_TABLES.contains(PageSize.page(word.physicalAddress())))
        .filter(word -> PageSize.offset(word.physicalAddress()) != ENTRY_OF_WINDOW)
        .map(word -> new Entry(word.physicalAddress(), word.value()))
        .toList();
  }

  static void require(boolean right, Supplier<String> what) {
    if (!right) {
      throw new AssertionError(what.get());
    }
  }

  int cpus() {
    return cpus.size();
  }

  int cpl() {
    return cpu.cpl();
  }

  long cr4() {
    return cpu.control().cr4();
  }

  List<Entry> entries() {
    return entries.getOrDefault(cpu.name().vm(), List.of());
  }

  /** Goes on with another virtual CPU. */
  void turnTo(int number) {
    cpu = cpus.get(number);
  }

  void access(AccessKind kind, long address, long value) {
    perform(() -> cpu.access(kind, address, value));
  }

  void invalidatePage(long address) {
    perform(() -> cpu.invalidatePage(address));
  }

  void writeControl(ControlRegister register, long value) {
    perform(() -> cpu.writeControl(register, value));
  }

  void runAt(int cpl) {
    perform(() -> cpu.runAt(cpl));
  }

  /** Stores to an entry where the guest sees it, or has another agent store there. */
  void edit(Entry entry, long value, boolean foreign) {
    entry.value = value;
    perform(() -> {
      if (foreign) {
        machines.get(cpu.name().vm()).store(entry.address, Integer.BYTES, value);
      } else {
        cpu.access(AccessKind.STORE, ChainActions.WINDOW + entry.address, value);
      }
    });
  }

  /** Performs one operation, and requires that everything is right after it. */
  private void perform(Runnable operation) {
    worlds.count();
    operation.run();
    cpus.forEach(ChainCpu::check);
  }

  @Override
  public String toString() {
    return "%s at CPL %d".formatted(cpu.name(), cpu.cpl());
  }
}
