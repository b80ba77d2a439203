package io.vtlb.conformance.recording;

import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.PdpteRegisters;
import io.vtlb.model.paging.Level;
import io.vtlb.model.paging.PagingMode;
import io.vtlb.model.target.GuestMemory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The PDPTE registers as far as one walk needs them: the register that it starts from.
 *
 * <p>A recording lists that register as the first entry of the walk, and a bare-metal guest reports
 * it where it loaded it from. So it is read from recorded memory like every other entry, and handed
 * to the model in the register where the model looks for it (Intel SDM vol. 3, 4.4.1).
 */
final class RegistersOfWalk {

  /** CR3 bits 31:5 name the table that the registers are loaded from. */
  private static final long TABLE = 0xFFFF_FFE0L;

  private RegistersOfWalk() {}

  /** The control state with that register, if the mode has its top level in registers. */
  static ControlState in(ControlState control, PagingMode mode, long page, GuestMemory recorded) {
    Level top = mode.level(0);
    if (top.inMemory()) {
      return control;
    }
    int index = top.index(page);
    int bytes = mode.format().bytes();
    List<Long> registers = new ArrayList<>(Collections.nCopies(PdpteRegisters.COUNT, 0L));
    registers.set(index, recorded.read((control.cr3() & TABLE) + (long) index * bytes, bytes));
    return control.with(new PdpteRegisters(registers));
  }
}
