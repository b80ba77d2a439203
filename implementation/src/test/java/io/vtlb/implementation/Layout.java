package io.vtlb.implementation;

import static io.vtlb.model.machine.ControlState.CR0_PE;
import static io.vtlb.model.machine.ControlState.CR0_PG;
import static io.vtlb.model.machine.ControlState.CR0_WP;
import static io.vtlb.model.machine.ControlState.CR4_LA57;
import static io.vtlb.model.machine.ControlState.CR4_PAE;
import static io.vtlb.model.machine.ControlState.CR4_PSE;
import static io.vtlb.model.machine.ControlState.EFER_LMA;
import static io.vtlb.model.machine.ControlState.EFER_LME;

import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.PdpteRegisters;
import java.util.List;

/** Where the guest of a test keeps its tables in each mode, and the control state it starts in. */
enum Layout {
  NO_PAGING(4, 0, CR0_PE, 0, 0),
  BITS_32(4, 2, CR0_PE | CR0_PG | CR0_WP, CR4_PSE, 0),
  PAE(8, 2, CR0_PE | CR0_PG | CR0_WP, CR4_PAE, 0),
  LEVELS_4(8, 4, CR0_PE | CR0_PG | CR0_WP, CR4_PAE, EFER_LME | EFER_LMA),
  LEVELS_5(8, 5, CR0_PE | CR0_PG | CR0_WP, CR4_PAE | CR4_LA57, EFER_LME | EFER_LMA);

  /** The frame that CR3 names at the start. */
  static final long ROOT = 1;

  /** The page directories below the PDPTE registers, one after the other. */
  static final long PAE_DIRECTORIES = 0x10;

  private final int entryBytes;
  private final int levels;
  private final long cr0;
  private final long cr4;
  private final long efer;

  Layout(int entryBytes, int levels, long cr0, long cr4, long efer) {
    this.entryBytes = entryBytes;
    this.levels = levels;
    this.cr0 = cr0;
    this.cr4 = cr4;
    this.efer = efer;
  }

  ControlState start() {
    ControlState start = new ControlState(cr0, ROOT << 12, cr4, efer);
    return this == PAE ? start.with(registers()) : start;
  }

  static PdpteRegisters registers() {
    long first = PAE_DIRECTORIES << 12 | 1;
    return new PdpteRegisters(List.of(first, first + 0x1000, first + 0x2000, first + 0x3000));
  }

  int entryBytes() {
    return entryBytes;
  }

  /** How many levels lie in memory; level 0 is the last one. */
  int levels() {
    return levels;
  }

  /** The position of a page's entry in a table of a level. */
  int index(int level, long page) {
    int entries = 4096 / entryBytes;
    return (int) (page >> shift(level)) & (entries - 1);
  }

  /** How many base pages an entry of a level covers. */
  int pages(int level) {
    return 1 << shift(level);
  }

  private int shift(int level) {
    return level * (entryBytes == 8 ? 9 : 10);
  }

  /** The layout that a control state selects. */
  static Layout of(ControlState control) {
    if ((control.cr0() & CR0_PG) == 0) {
      return NO_PAGING;
    }
    if ((control.efer() & EFER_LMA) != 0) {
      return (control.cr4() & CR4_LA57) != 0 ? LEVELS_5 : LEVELS_4;
    }
    return (control.cr4() & CR4_PAE) != 0 ? PAE : BITS_32;
  }
}
