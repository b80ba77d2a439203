package io.vtlb.model.guest;

import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.PageSize;
import io.vtlb.model.machine.PdpteRegisters;
import io.vtlb.model.memory.GuestPhysicalMemory;
import io.vtlb.model.paging.PagingMode;
import java.util.ArrayList;
import java.util.List;

/**
 * A guest of any mode with one table for each level, the root's first, that an example puts
 * together entry by entry.
 *
 * <p>It has the memory of {@link ExampleGuest}. With PAE paging, writing an entry of the first
 * level puts it into its register, too.
 */
public final class ModeGuest {

  private static final long FIRST_TABLE = 0x10;
  private static final long PAGING =
      ControlState.CR0_PE | ControlState.CR0_PG | ControlState.CR0_WP;

  private final GuestPhysicalMemory memory = new ExampleGuest(0).memory();
  private final PagingMode mode;
  private ControlState control;

  public ModeGuest(PagingMode mode) {
    this.mode = mode;
    this.control = control(mode);
  }

  /**
   * The control state that selects a mode, with WP, PGE, PSE and NXE, and the first table's root.
   */
  public static ControlState control(PagingMode mode) {
    boolean wide = mode.format().bytes() == 8;
    return new ControlState(
        mode.levels().isEmpty() ? ControlState.CR0_PE : PAGING,
        PageSize.address(FIRST_TABLE, 0),
        ControlState.CR4_PSE
            | ControlState.CR4_PGE
            | (wide ? ControlState.CR4_PAE : 0)
            | (mode.equals(PagingMode.FIVE_LEVEL) ? ControlState.CR4_LA57 : 0),
        ControlState.EFER_NXE
            | (mode.signExtended() ? ControlState.EFER_LME | ControlState.EFER_LMA : 0));
  }

  /** The frame of the table of a level, counted from the root's 0. */
  public static long table(int depth) {
    return FIRST_TABLE + depth;
  }

  public PagingMode mode() {
    return mode;
  }

  public GuestPhysicalMemory memory() {
    return memory;
  }

  /** The control state, with the PDPTE registers that were written. */
  public ControlState control() {
    return control;
  }

  /** The guest-physical address of an entry of the table of a level. */
  public long address(int depth, int index) {
    return PageSize.address(table(depth), index * mode.format().bytes());
  }

  /** Writes an entry to memory and nowhere else. */
  public ModeGuest store(int depth, int index, long entry) {
    memory.store(address(depth, index), mode.format().bytes(), entry);
    return this;
  }

  /** Writes an entry where a walk reads it. */
  public ModeGuest entry(int depth, int index, long entry) {
    if (!mode.level(depth).inMemory()) {
      List<Long> registers = new ArrayList<>(control.pdptes().entries());
      registers.set(index, entry);
      control = control.with(new PdpteRegisters(registers));
    }
    return store(depth, index, entry);
  }

  /** Writes an entry where a walk reads it: a frame and the letters of {@link GuestEntry}. */
  public ModeGuest entry(int depth, int index, long frame, String flags) {
    return entry(depth, index, GuestEntry.wide(frame, flags));
  }

  /** Writes an entry that leads to the table of the next level, with all rights if it has any. */
  public ModeGuest link(int depth, int index) {
    return entry(depth, index, table(depth + 1), mode.level(depth).inMemory() ? "PWUA" : "P");
  }
}
