package io.vtlb.conformance.generate;

import io.vtlb.model.machine.Capability;
import io.vtlb.model.machine.ControlRegister;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.paging.PagingMode;
import java.util.ArrayList;
import java.util.List;

/**
 * A bit of a control register by which the same entry comes to mean something else.
 *
 * @param register where it is
 * @param bit its mask
 * @param leaf flags of a leaf that shows the difference
 * @param cpl the privilege level that does
 */
record RoleBit(ControlRegister register, long bit, long leaf, int cpl) {

  private static final long READ_ONLY = Route.USABLE & ~Route.WRITABLE;

  /** Those that a virtual CPU may toggle in its mode. */
  static List<RoleBit> of(Guest guest, CpuOutlook cpu) {
    List<RoleBit> bits = new ArrayList<>(6);
    bits.add(new RoleBit(ControlRegister.CR0, ControlState.CR0_WP, READ_ONLY, 0));
    boolean wide = PagingMode.of(cpu.control).format().bytes() == Long.BYTES;
    if (wide && guest.canDisableExecution()) {
      bits.add(
          new RoleBit(
              ControlRegister.EFER,
              ControlState.EFER_NXE,
              Route.USABLE | Route.EXECUTE_DISABLE,
              cpu.cpl));
    }
    if (guest.profile.has(Capability.SMEP)) {
      bits.add(new RoleBit(ControlRegister.CR4, ControlState.CR4_SMEP, Route.USABLE, 0));
    }
    if (guest.profile.has(Capability.SMAP)) {
      bits.add(new RoleBit(ControlRegister.CR4, ControlState.CR4_SMAP, Route.USABLE, 0));
    }
    bits.add(
        new RoleBit(
            ControlRegister.CR4, ControlState.CR4_PGE, Route.USABLE | Route.GLOBAL, cpu.cpl));
    if (!wide) {
      bits.add(new RoleBit(ControlRegister.CR4, ControlState.CR4_PSE, Route.USABLE, cpu.cpl));
    }
    return bits;
  }

  /** The register's value with the bit the other way. */
  long toggled(CpuOutlook cpu) {
    return cpu.control.get(register) ^ bit;
  }
}
