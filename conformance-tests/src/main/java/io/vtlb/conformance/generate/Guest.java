package io.vtlb.conformance.generate;

import io.vtlb.model.machine.Capability;
import io.vtlb.model.machine.ControlRegister;
import io.vtlb.model.machine.Profile;
import io.vtlb.model.machine.Vcpu;
import io.vtlb.model.operation.GuestOperation;
import io.vtlb.model.operation.Operation;
import io.vtlb.model.paging.PagingMode;
import io.vtlb.model.target.Feature;
import io.vtlb.model.trace.Machine;
import io.vtlb.model.trace.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * What a generator knows of one machine, and the single things that its virtual CPUs can do.
 *
 * <p>It remembers what was written to tables and control registers, but executes nothing.
 */
final class Guest {

  private static final int[] OFFSETS = {0, 4, 0xFFC};

  final SplittableRandom choices;
  final int vm;
  final Profile profile;
  final HostOutlook host;
  final WrittenWords written = new WrittenWords();
  final List<CpuOutlook> cpus = new ArrayList<>(1);
  final Focus focus;
  final AccessChoice accesses;
  final TableEdits edits;
  final ControlChoice controls;
  final boolean changesModes;

  private final Machine machine;
  private final SequenceModes modes;
  private final Set<Feature> features;

  /** The virtual CPU whose turn it is. */
  CpuOutlook cpu;

  Guest(
      SplittableRandom choices,
      int vm,
      World world,
      SequenceModes modes,
      Set<Feature> features,
      HostOutlook host) {
    this.choices = choices;
    this.vm = vm;
    this.profile = world.profile();
    this.modes = modes;
    this.features = features;
    this.host = host;
    this.machine = world.machines().get(vm);
    this.changesModes = world.mode().equals(WorldGenerator.MIXED);
    cpu = start();
    edits = new TableEdits(choices, profile, written);
    controls = new ControlChoice(choices, profile, written, modes, changesModes);
    focus = new Focus(choices);
    accesses = new AccessChoice(choices, focus);
  }

  /** Takes the machine for what its world says, as it is when it is created. */
  CpuOutlook start() {
    written.clear();
    machine.words().forEach(written::store);
    cpus.clear();
    for (int index = 0; index < machine.vcpus().size(); index++) {
      cpus.add(new CpuOutlook(new Vcpu(vm, index), machine.vcpus().get(index)));
    }
    cpu = cpus.getFirst();
    return cpu;
  }

  boolean has(Feature feature) {
    return features.contains(feature);
  }

  boolean chance(int percent) {
    return choices.nextInt(100) < percent;
  }

  <T> T pick(List<T> from) {
    return from.get(choices.nextInt(from.size()));
  }

  Terrain terrain() {
    return terrain(cpu);
  }

  /**
   * The tables that edits are about: without paging, those of a mode that it may be turned on in.
   */
  Terrain editedTerrain() {
    Terrain terrain = terrain();
    Terrain usual = terrain.depths() == 0 ? Terrain.of(modes.usual()) : terrain;
    return usual.depths() == 0 ? Terrain.FOUR_LEVEL : usual;
  }

  static Terrain terrain(CpuOutlook cpu) {
    return Terrain.of(PagingMode.of(cpu.control));
  }

  /** Another virtual CPU of the machine, if there is one; else the same. */
  CpuOutlook other(CpuOutlook cpu) {
    int index = cpus.indexOf(cpu);
    return cpus.size() == 1
        ? cpu
        : cpus.get((index + 1 + choices.nextInt(cpus.size() - 1)) % cpus.size());
  }

  boolean canDisableExecution() {
    return profile.has(Capability.NO_EXECUTE);
  }

  /** Changes the privilege level, unless it is that already. */
  void enter(CpuOutlook cpu, int cpl, List<Operation> operations) {
    if (cpu.cpl != cpl) {
      cpu.cpl = cpl;
      operations.add(new GuestOperation.ChangePrivilege(cpu.name, cpl));
    }
  }

  /** Writes a table's entry: the guest itself, or where the target allows it another agent. */
  void store(CpuOutlook cpu, long entryAddress, long value, List<Operation> operations) {
    storeAs(terrain(cpu), cpu, entryAddress, value, operations);
  }

  /** Writes a table's entry of some mode, whichever the virtual CPU runs in by now. */
  void storeAs(
      Terrain tables, CpuOutlook cpu, long entryAddress, long value, List<Operation> operations) {
    int bytes = tables.mode().format().bytes();
    written.store(entryAddress, bytes, value);
    if (has(Feature.FOREIGN_STORES) && chance(20)) {
      operations.add(new GuestOperation.ForeignStore(cpu.name, entryAddress, value, bytes));
    } else {
      enter(cpu, 0, operations);
      operations.add(windowStore(cpu, entryAddress, value, bytes));
    }
  }

  /** A store to a table through the window, in which supervisors see all of them. */
  static GuestOperation windowStore(CpuOutlook cpu, long physical, long value, int bytes) {
    Terrain terrain = terrain(cpu);
    return new GuestOperation.Store(
        cpu.name, terrain.depths() == 0 ? physical : terrain.windowAddress(physical), value, bytes);
  }

  void invalidate(CpuOutlook cpu, long linear, List<Operation> operations) {
    enter(cpu, 0, operations);
    operations.add(new GuestOperation.InvalidatePage(cpu.name, linear));
  }

  void write(CpuOutlook cpu, ControlRegister register, long value, List<Operation> operations) {
    enter(cpu, 0, operations);
    operations.add(controls.write(cpu, register, value));
  }

  /** Flushes one page, or loads the same root again. */
  void flush(CpuOutlook cpu, long linear, List<Operation> operations) {
    if (chance(70)) {
      invalidate(cpu, linear, operations);
    } else {
      write(cpu, ControlRegister.CR3, cpu.control.cr3(), operations);
    }
  }

  /** An access to some word of a page. */
  GuestOperation touch(CpuOutlook cpu, long linear) {
    return switch (choices.nextInt(6)) {
      case 0, 1 -> load(cpu, linear);
      case 2 -> fetch(cpu, linear);
      default -> storeTo(cpu, linear);
    };
  }

  GuestOperation load(CpuOutlook cpu, long linear) {
    return new GuestOperation.Load(cpu.name, linear | offset());
  }

  GuestOperation fetch(CpuOutlook cpu, long linear) {
    return new GuestOperation.Fetch(cpu.name, linear | offset());
  }

  GuestOperation storeTo(CpuOutlook cpu, long linear) {
    return new GuestOperation.Store(cpu.name, linear | offset(), choices.nextInt(1 << 8));
  }

  private int offset() {
    return OFFSETS[choices.nextInt(OFFSETS.length)];
  }
}
