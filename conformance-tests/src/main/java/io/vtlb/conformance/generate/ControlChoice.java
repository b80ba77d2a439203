package io.vtlb.conformance.generate;

import io.vtlb.model.control.RegisterWrite;
import io.vtlb.model.machine.Capability;
import io.vtlb.model.machine.ControlRegister;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.Profile;
import io.vtlb.model.operation.GuestOperation;
import io.vtlb.model.paging.PagingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Chooses writes to control registers: loads of roots and contexts, toggles of single bits, a few
 * illegal values, and whole changes of the paging mode.
 */
final class ControlChoice {

  private static final int PCIDS = 3;
  private static final long CR4_ABOVE = 1L << 40;

  private final SplittableRandom choices;
  private final Profile profile;
  private final WrittenWords written;
  private final SequenceModes modes;
  private final boolean changesModes;

  ControlChoice(
      SplittableRandom choices,
      Profile profile,
      WrittenWords written,
      SequenceModes modes,
      boolean changesModes) {
    this.choices = choices;
    this.profile = profile;
    this.written = written;
    this.modes = modes;
    this.changesModes = changesModes;
  }

  /** The next writes: one, or as many as a change of mode takes. */
  List<GuestOperation> writes(CpuOutlook cpu) {
    if (changesModes && choices.nextInt(7) == 0) {
      return modeChange(cpu);
    }
    ControlState control = cpu.control;
    boolean wide = PagingMode.of(control).format().bytes() == Long.BYTES;
    int kind = choices.nextInt(100);
    if (kind < 45) {
      return List.of(write(cpu, ControlRegister.CR3, root(cpu)));
    }
    if (kind < 63) {
      return List.of(toggle(cpu, ControlState.CR4_PGE));
    }
    if (kind < 70) {
      return List.of(write(cpu, ControlRegister.CR0, control.cr0() ^ ControlState.CR0_WP));
    }
    if (kind < 75) {
      return List.of(control.paePaging() && choices.nextBoolean() ? reload(cpu) : illegal(cpu));
    }
    if (kind < 79) {
      return List.of(toggle(cpu, ControlState.CR4_PSE));
    }
    if (kind < 84 && profile.has(Capability.SMEP)) {
      return List.of(toggle(cpu, ControlState.CR4_SMEP));
    }
    if (kind < 88 && profile.has(Capability.SMAP)) {
      return List.of(toggle(cpu, ControlState.CR4_SMAP));
    }
    if (kind < 92 && wide && profile.has(Capability.NO_EXECUTE)) {
      return List.of(write(cpu, ControlRegister.EFER, control.efer() ^ ControlState.EFER_NXE));
    }
    if (control.longMode() && kind < 98) {
      return List.of(toggle(cpu, kind < 95 ? ControlState.CR4_PCIDE : ControlState.CR4_PKE));
    }
    return List.of(rare(cpu));
  }

  /** A toggle that another mode makes legal or illegal. */
  private GuestOperation rare(CpuOutlook cpu) {
    if (!changesModes) {
      return write(cpu, ControlRegister.CR3, root(cpu));
    }
    return switch (choices.nextInt(4)) {
      case 0, 1 -> toggle(cpu, ControlState.CR4_PAE);
      case 2 -> toggle(cpu, ControlState.CR4_LA57);
      default -> write(cpu, ControlRegister.CR0, cpu.control.cr0() ^ ControlState.CR0_PG);
    };
  }

  /** Loads the PDPTE registers by what changes nothing else: a write that toggles CR0.CD. */
  private GuestOperation reload(CpuOutlook cpu) {
    return write(cpu, ControlRegister.CR0, cpu.control.cr0() ^ ControlState.CR0_CD);
  }

  /** A value that is a #GP, at least in IA-32e mode or with paging on. */
  private GuestOperation illegal(CpuOutlook cpu) {
    return switch (choices.nextInt(4)) {
      case 0 ->
          write(
              cpu,
              ControlRegister.CR0,
              (cpu.control.cr0() & ~ControlState.CR0_CD) | ControlState.CR0_NW);
      case 1 -> write(cpu, ControlRegister.CR3, root(cpu) | 1L << profile.physicalAddressBits());
      case 2 -> write(cpu, ControlRegister.CR4, cpu.control.cr4() | CR4_ABOVE);
      default -> write(cpu, ControlRegister.EFER, cpu.control.efer() ^ ControlState.EFER_LME);
    };
  }

  /** Writes that flush, more or less, and change as little else as they can. */
  List<GuestOperation> flush(CpuOutlook cpu) {
    int kind = choices.nextInt(8);
    if (kind < 2) {
      return List.of(toggle(cpu, ControlState.CR4_PGE));
    }
    if (kind == 2 && profile.has(Capability.SMEP)) {
      return setAnew(cpu, ControlState.CR4_SMEP);
    }
    if (kind == 3 && changesModes && !cpu.control.processContexts()) {
      long cr0 = cpu.control.cr0();
      return List.of(
          write(cpu, ControlRegister.CR0, cr0 ^ ControlState.CR0_PG),
          write(cpu, ControlRegister.CR0, cr0));
    }
    return cpu.control.processContexts() && kind < 6
        ? visit(cpu, kind == 4)
        : List.of(write(cpu, ControlRegister.CR3, cpu.control.cr3()));
  }

  /** To another context, and back to the one that was left if asked for, mostly without a flush. */
  private List<GuestOperation> visit(CpuOutlook cpu, boolean andBack) {
    long left = cpu.control.cr3();
    int pcid = (cpu.control.pcid() + 1 + choices.nextInt(PCIDS - 1)) % PCIDS;
    long visited = (root(cpu) & ~(ControlState.CR3_PCID | ControlState.CR3_NO_FLUSH)) | pcid;
    List<GuestOperation> steps = new ArrayList<>(2);
    steps.add(write(cpu, ControlRegister.CR3, visited | mostlyKeeping()));
    if (andBack) {
      steps.add(write(cpu, ControlRegister.CR3, left | mostlyKeeping()));
    }
    return steps;
  }

  private long mostlyKeeping() {
    return choices.nextInt(4) == 0 ? 0 : ControlState.CR3_NO_FLUSH;
  }

  /** Sets a bit of CR4, which is cleared before if it is set. */
  private List<GuestOperation> setAnew(CpuOutlook cpu, long bit) {
    List<GuestOperation> steps = new ArrayList<>(2);
    if ((cpu.control.cr4() & bit) != 0) {
      steps.add(toggle(cpu, bit));
    }
    steps.add(toggle(cpu, bit));
    return steps;
  }

  private GuestOperation toggle(CpuOutlook cpu, long bit) {
    return write(cpu, ControlRegister.CR4, cpu.control.cr4() ^ bit);
  }

  private long root(CpuOutlook cpu) {
    List<List<Long>> tables = Terrain.of(PagingMode.of(cpu.control)).tables();
    if (tables.isEmpty()) {
      return cpu.control.cr3();
    }
    List<Long> roots = tables.getFirst();
    long current = cpu.control.cr3() & ~ControlState.CR3_PCID;
    long root = choices.nextInt(3) == 0 ? roots.get(choices.nextInt(roots.size())) : current;
    if (!cpu.control.processContexts()) {
      return cpu.control.paePaging() ? roots.get(choices.nextInt(roots.size())) : root;
    }
    int pcid = choices.nextInt(3) == 0 ? cpu.control.pcid() : choices.nextInt(PCIDS);
    return root | pcid | (choices.nextBoolean() ? ControlState.CR3_NO_FLUSH : 0);
  }

  private List<GuestOperation> modeChange(CpuOutlook cpu) {
    List<PagingMode> reachable = modes.reachable();
    PagingMode mode = reachable.get(choices.nextInt(reachable.size()));
    return canEnter(mode)
        ? modeChange(cpu, mode)
        : List.of(write(cpu, ControlRegister.CR3, root(cpu)));
  }

  boolean canEnter(PagingMode mode) {
    return modes.serves(mode)
        && (!mode.signExtended() || profile.has(Capability.LONG_MODE))
        && (!mode.equals(PagingMode.FIVE_LEVEL) || profile.has(Capability.FIVE_LEVELS));
  }

  /** Every step from one mode to another by way of no paging, as a guest must take them. */
  List<GuestOperation> modeChange(CpuOutlook cpu, PagingMode mode) {
    List<GuestOperation> steps = new ArrayList<>();
    if (cpu.control.processContexts()) {
      steps.add(toggle(cpu, ControlState.CR4_PCIDE));
    }
    if (cpu.control.paging()) {
      steps.add(write(cpu, ControlRegister.CR0, cpu.control.cr0() & ~ControlState.CR0_PG));
    }
    if (mode.levels().isEmpty()) {
      return steps;
    }
    boolean wide = mode.format().bytes() == Long.BYTES;
    long cr4 = cpu.control.cr4() & ~(ControlState.CR4_PAE | ControlState.CR4_LA57);
    cr4 |= wide ? ControlState.CR4_PAE : 0;
    cr4 |= mode.equals(PagingMode.FIVE_LEVEL) ? ControlState.CR4_LA57 : 0;
    change(steps, cpu, ControlRegister.CR4, cr4);
    long efer = cpu.control.efer() & ~ControlState.EFER_LME;
    change(
        steps, cpu, ControlRegister.EFER, efer | (mode.signExtended() ? ControlState.EFER_LME : 0));
    List<Long> roots = Terrain.of(mode).tables().getFirst();
    change(steps, cpu, ControlRegister.CR3, roots.get(choices.nextInt(roots.size())));
    steps.add(write(cpu, ControlRegister.CR0, cpu.control.cr0() | ControlState.CR0_PG));
    return steps;
  }

  private void change(
      List<GuestOperation> steps, CpuOutlook cpu, ControlRegister register, long value) {
    if (cpu.control.get(register) != value) {
      steps.add(write(cpu, register, value));
    }
  }

  /**
   * A write, which the virtual CPU's outlook follows if it is legal; instead of one that would lead
   * into a mode that is not served, the root is loaded again.
   */
  GuestOperation write(CpuOutlook cpu, ControlRegister register, long value) {
    if (cpu.cpl == 0) {
      ControlState after =
          RegisterWrite.of(register, value, cpu.control, profile, written).orElse(cpu.control);
      if (!modes.serves(PagingMode.of(after))) {
        return write(cpu, ControlRegister.CR3, cpu.control.cr3());
      }
      cpu.control = after;
    }
    return new GuestOperation.WriteControl(cpu.name, register, value);
  }
}
