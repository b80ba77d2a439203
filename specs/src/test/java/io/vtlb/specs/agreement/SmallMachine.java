package io.vtlb.specs.agreement;

import io.vtlb.model.machine.Access;
import io.vtlb.model.machine.ControlRegister;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.PageSize;
import io.vtlb.model.machine.PdpteRegisters;
import io.vtlb.model.machine.Profile;
import io.vtlb.model.machine.Vcpu;
import io.vtlb.model.memory.GuestPhysicalMemory;
import io.vtlb.model.paging.EntryBits;
import io.vtlb.model.paging.GuestWalk;
import io.vtlb.model.paging.Level;
import io.vtlb.model.paging.PagingMode;
import io.vtlb.model.paging.Permission;
import io.vtlb.model.paging.Translation;
import io.vtlb.model.paging.Walker;
import io.vtlb.model.target.HostMap;
import io.vtlb.model.target.HostRange;
import io.vtlb.model.target.VmBlueprint;
import java.util.ArrayList;
import java.util.List;

/**
 * A guest of one virtual CPU and few frames, whose tables are kept such that a page often leads
 * somewhere: to data, to a table, or to a device.
 */
final class SmallMachine {

  /** Guest frames from 0; the last ones have nothing behind them at first. */
  static final int FRAMES = 24;

  /**
   * The pages that it uses: two share every table, one of them shares its large page with neither,
   * and the last two exist only with four levels, or five.
   */
  static final List<Long> PAGES = List.of(5L, 6L, 0x205L, -5L, 1L << 37 | 5);

  private static final int BACKED = 20;
  private static final int ROOTS = 2;
  private static final int FIRST_TABLE = 1 + ROOTS;
  private static final long EXECUTE_DISABLE = 1L << 63;
  private static final List<Long> WRITTEN_TO_CR4 =
      List.of(
          ControlState.CR4_PSE,
          ControlState.CR4_PGE,
          ControlState.CR4_PCIDE,
          ControlState.CR4_SMEP,
          ControlState.CR4_SMAP,
          ControlState.CR4_PKE);
  private static final List<Long> RARELY_WRITTEN_TO_CR4 =
      List.of(ControlState.CR4_PAE, ControlState.CR4_LA57);

  private final States states;
  private final Profile profile;
  private final Vcpu vcpu;
  private final GuestPhysicalMemory memory;
  private ControlState control;

  SmallMachine(int number, Profile profile, States states) {
    this.states = states;
    this.profile = profile;
    vcpu = new Vcpu(number, 0);
    memory =
        new GuestPhysicalMemory(
            number, new HostMap(List.of(new HostRange(0, 0x1000L * (number + 1), BACKED))));
    control = states.control();
    control = with(ControlRegister.CR3, root()).with(pdptes());
    PAGES.forEach(this::map);
  }

  Vcpu vcpu() {
    return vcpu;
  }

  Profile profile() {
    return profile;
  }

  GuestPhysicalMemory memory() {
    return memory;
  }

  ControlState control() {
    return control;
  }

  /** The control state is another; with another mode, the guest makes tables of its format. */
  void load(ControlState state) {
    PagingMode before = mode();
    control = state;
    if (!mode().equals(before)) {
      PAGES.forEach(this::map);
    }
  }

  PagingMode mode() {
    return PagingMode.of(control);
  }

  VmBlueprint blueprint() {
    return new VmBlueprint(
        vcpu.vm(), List.of(new VmBlueprint.VcpuState(control, 0)), memory.hostMap(), profile);
  }

  /** The pages that the mode has. */
  List<Long> pages() {
    return PAGES.stream().filter(page -> mode().canonicalPage(page) == page).toList();
  }

  /** The guest edits its tables, and does not say so. */
  void edit() {
    long page = states.one(pages());
    if (states.chance(1, 3)) {
      map(page);
      return;
    }
    GuestWalk walk = new Walker(profile).walk(memory, control, page);
    if (walk.steps().isEmpty()) {
      return;
    }
    GuestWalk.Step step = states.one(walk.steps());
    if (step.level().inMemory()) {
      long flag = 1L << states.below(9);
      memory.store(step.address(), mode().format().bytes(), step.entry() ^ flag);
    }
  }

  /** An access; more often than not one that the tables permit. */
  Access access() {
    long page = states.one(pages());
    GuestWalk walk = new Walker(profile).walk(memory, control, page);
    if (!(walk.end() instanceof GuestWalk.End.Reached) && states.chance(3, 4)) {
      map(page);
      walk = new Walker(profile).walk(memory, control, page);
    }
    Access access = states.access(page);
    for (int tries = states.below(6); tries > 0 && !permits(walk, access); tries--) {
      access = states.access(page);
    }
    return access;
  }

  private boolean permits(GuestWalk walk, Access access) {
    return walk.end() instanceof GuestWalk.End.Reached(Translation translation)
        && Permission.permits(translation, access, control);
  }

  /** The guest maps a page anew, all the way from the root. */
  private void map(long page) {
    PagingMode mode = mode();
    int bytes = mode.format().bytes();
    long table = mode.format().rootFrame(control);
    for (Level level : mode.levels()) {
      int depth = mode.levels().indexOf(level);
      long next = FIRST_TABLE + (long) depth;
      boolean large = level.leaf() == Level.LeafRule.BY_SIZE_BIT && states.chance(1, 6);
      boolean leaf = large || level.leaf() == Level.LeafRule.ALWAYS;
      if (level.inMemory()) {
        long frame = large ? 0 : leaf ? states.below(FRAMES) : next;
        long address = PageSize.address(table, level.index(page) * bytes);
        memory.store(address, bytes, frame << PageSize.BASE_SHIFT | flags(large, leaf));
      }
      table = next;
      if (leaf) {
        return;
      }
    }
  }

  private long flags(boolean large, boolean leaf) {
    long flags = large ? EntryBits.LARGE : 0;
    flags |= states.chance(15, 16) ? EntryBits.PRESENT : 0;
    flags |= states.chance(4, 5) ? EntryBits.WRITABLE : 0;
    flags |= states.chance(4, 5) ? EntryBits.USER : 0;
    flags |= states.chance(3, 4) ? EntryBits.ACCESSED : 0;
    if (leaf) {
      flags |= states.chance(1, 2) ? EntryBits.DIRTY : 0;
      flags |= states.chance(1, 4) ? EntryBits.GLOBAL : 0;
      flags |=
          mode().format().bytes() == 8 && control.longMode() ? (long) states.below(4) << 59 : 0;
      flags |= states.chance(1, control.noExecute() ? 4 : 64) ? EXECUTE_DISABLE : 0;
    }
    return flags;
  }

  private long root() {
    long frame = 1L + states.below(ROOTS);
    return frame << PageSize.BASE_SHIFT | (control.processContexts() ? states.below(3) : 0);
  }

  private PdpteRegisters pdptes() {
    List<Long> entries = new ArrayList<>();
    for (int register = 0; register < PdpteRegisters.COUNT; register++) {
      entries.add((long) FIRST_TABLE << PageSize.BASE_SHIFT | (states.chance(7, 8) ? 1 : 0));
    }
    return new PdpteRegisters(entries);
  }

  private ControlState with(ControlRegister register, long value) {
    return control.with(register, value);
  }

  /** The control state after a write to a register. */
  ControlState writing(ControlRegister register) {
    ControlState after =
        switch (register) {
          case CR0 ->
              with(
                  register,
                  control.cr0()
                      ^ (states.chance(1, 8) ? ControlState.CR0_PG : ControlState.CR0_WP));
          case CR3 -> with(register, root());
          case CR4 ->
              with(
                  register,
                  control.cr4()
                      ^ (states.chance(1, 8)
                          ? states.one(RARELY_WRITTEN_TO_CR4)
                          : states.one(WRITTEN_TO_CR4)));
          case EFER -> with(register, control.efer() ^ ControlState.EFER_NXE);
        };
    return states.chance(1, 8) ? after.with(pdptes()) : after;
  }
}
