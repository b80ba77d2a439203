package io.vtlb.conformance.bench.jqwik;

import io.vtlb.conformance.run.RunOutcome;
import io.vtlb.conformance.run.SequencePlay;
import io.vtlb.conformance.run.StepListener;
import io.vtlb.implementation.IndexedVirtualTlb;
import io.vtlb.model.machine.ControlRegister;
import io.vtlb.model.machine.PageSize;
import io.vtlb.model.machine.Vcpu;
import io.vtlb.model.operation.GuestOperation;
import io.vtlb.model.rule.Rule;
import io.vtlb.model.target.VmBlueprint.VcpuState;
import io.vtlb.model.trace.Machine;
import io.vtlb.model.trace.World;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;

/**
 * The state of a chain: target and monitor at work, and what a guest remembers of itself, by which
 * actions are chosen.
 */
final class Guest {

  private static final List<Long> EDITED_TABLES =
      List.of(12L, 13L, 14L, 15L, 16L, 18L, 19L, 20L, 21L);
  private static final long ENTRY_OF_WINDOW = 5L * Long.BYTES;

  /** One virtual CPU, as its guest knows it. */
  private static final class Cpu {
    private final Vcpu name;
    private final List<Entry> entries;
    private int cpl;
    private long cr4;

    Cpu(Vcpu name, VcpuState state, List<Entry> entries) {
      this.name = name;
      this.entries = entries;
      this.cpl = state.cpl();
      this.cr4 = state.control().cr4();
    }
  }

  /** The lower half of an entry of a table: its flags, and all of the frames that there are. */
  static final class Entry {
    private final long address;
    private long value;

    private Entry(long address, long value) {
      this.address = address;
      this.value = value;
    }

    long address() {
      return address;
    }

    long value() {
      return value;
    }
  }

  private final GuestWorlds worlds;
  private final SequencePlay play;
  private final List<Cpu> cpus = new ArrayList<>();
  private Cpu cpu;

  Guest(World world, GuestWorlds worlds) {
    this.worlds = worlds;
    play =
        new SequencePlay(
            world, new IndexedVirtualTlb(), EnumSet.allOf(Rule.class), StepListener.NONE);
    for (int vm = 0; vm < world.machines().size(); vm++) {
      Machine machine = world.machines().get(vm);
      List<Entry> entries = entries(machine);
      for (int index = 0; index < machine.vcpus().size(); index++) {
        cpus.add(new Cpu(new Vcpu(vm, index), machine.vcpus().get(index), entries));
      }
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

  int cpus() {
    return cpus.size();
  }

  int cpl() {
    return cpu.cpl;
  }

  long cr4() {
    return cpu.cr4;
  }

  Vcpu name() {
    return cpu.name;
  }

  List<Entry> entries() {
    return cpu.entries;
  }

  /** Goes on with another virtual CPU. */
  void turnTo(int number) {
    cpu = cpus.get(number);
  }

  void runAt(int cpl) {
    cpu.cpl = cpl;
    perform(new GuestOperation.ChangePrivilege(name(), cpl));
  }

  void writeCr4(long value) {
    cpu.cr4 = value;
    perform(new GuestOperation.WriteControl(name(), ControlRegister.CR4, value));
  }

  /** Stores to an entry where the guest sees it, or has another agent store there. */
  void edit(Entry entry, long value, boolean foreign) {
    entry.value = value;
    perform(
        foreign
            ? new GuestOperation.ForeignStore(name(), entry.address, value)
            : new GuestOperation.Store(name(), ChainActions.WINDOW + entry.address, value));
  }

  /** Has an operation performed and judged. */
  void perform(GuestOperation operation) {
    worlds.count();
    if (!play.perform(operation)) {
      throw new AssertionError("a step was judged wrong: " + play.outcome());
    }
  }

  RunOutcome outcome() {
    return play.outcome();
  }

  @Override
  public String toString() {
    return "%s at CPL %d".formatted(cpu.name, cpu.cpl);
  }
}
