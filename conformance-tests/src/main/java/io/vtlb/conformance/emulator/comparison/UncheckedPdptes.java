package io.vtlb.conformance.emulator.comparison;

import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.PdpteRegisters;
import io.vtlb.model.paging.PagingMode;
import io.vtlb.model.target.GuestMemory;
import java.util.ArrayList;
import java.util.List;

/** What the emulator makes of a PDPT in memory; see {@link KnownDeviation#PDPTES_UNCHECKED}. */
final class UncheckedPdptes {

  /** The reserved bits that it ignores: 2:1 and 8:5. */
  static final long IGNORED = 0b1_1110_0110;

  private static final long ROOT = 0xFFFF_FFE0L;

  private UncheckedPdptes() {}

  /** The four entries without the bits that are ignored; other reserved bits stay. */
  static PdpteRegisters of(ControlState control, GuestMemory memory) {
    List<Long> entries = new ArrayList<>(PdpteRegisters.COUNT);
    int bytes = PagingMode.PAE.format().bytes();
    for (int index = 0; index < PdpteRegisters.COUNT; index++) {
      entries.add(memory.read(address(control, index), bytes) & ~IGNORED);
    }
    return new PdpteRegisters(entries);
  }

  /** The guest-physical address of one entry. */
  static long address(ControlState control, int index) {
    return (control.cr3() & ROOT) + (long) index * PagingMode.PAE.format().bytes();
  }
}
