package io.vtlb.implementation;

import static io.vtlb.model.machine.ControlState.CR0_PG;
import static io.vtlb.model.machine.ControlState.CR4_PAE;
import static io.vtlb.model.machine.ControlState.CR4_PCIDE;
import static io.vtlb.model.machine.ControlState.CR4_SMEP;

import io.vtlb.model.event.Event;
import io.vtlb.model.machine.ControlRegister;
import io.vtlb.model.machine.Vendor;

/** What a control-register write makes the processor invalidate (Intel SDM vol. 3, 4.10.4.1). */
enum ControlEffect {
  /** Nothing: only what entries mean, or what they permit, may change. */
  NONE,
  /** Nothing, though CR3 is loaded: bit 63 asks for it. */
  KEEPS_CONTEXT,
  /** The entries of the PCID that is current after the write; global ones may go with them. */
  CONTEXT,
  /** The entries of every PCID, global ones included. */
  EVERYTHING;

  static ControlEffect of(Event.ControlWrite write, Vendor vendor) {
    ControlRegister register = write.register();
    long before = write.before().get(register);
    long after = write.after().get(register);
    return switch (register) {
      case CR0 -> ((before ^ after) & CR0_PG) != 0 ? EVERYTHING : NONE;
      case CR3 -> write.keepsTranslations() ? KEEPS_CONTEXT : CONTEXT;
      case CR4 -> ofCr4(before, after, vendor);
      case EFER -> NONE;
    };
  }

  /** On AMD's processors setting SMEP invalidates nothing; it is treated alike all the same. */
  private static ControlEffect ofCr4(long before, long after, Vendor vendor) {
    long changed = before ^ after;
    long cleared = changed & before;
    long set = changed & after;
    if ((changed & vendor.flushingBits()) != 0
        || (set & vendor.flushingBitsWhenSet()) != 0
        || (cleared & CR4_PCIDE) != 0) {
      return EVERYTHING;
    }
    return (changed & CR4_PAE) != 0 || (set & CR4_SMEP) != 0 ? CONTEXT : NONE;
  }
}
