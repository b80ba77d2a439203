package io.vtlb.model.event;

import io.vtlb.model.machine.Access;
import io.vtlb.model.machine.ControlRegister;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.FaultCode;
import io.vtlb.model.machine.InvalidationType;
import io.vtlb.model.machine.Vcpu;

/** An event initiated by guest software over which the VMM receives control (claims 3, 16, 25). */
public sealed interface Event {

  Vcpu vcpu();

  /**
   * The processor could not complete an access with what the active structure and its TLB hold.
   *
   * @param access the access as the guest made it
   * @param activeCode the error code of the processor's walk of the active structure; it says
   *     nothing about the guest's own structure
   * @param value what a store would write, as many bytes as the access has; zero for other accesses
   */
  record PageFault(Vcpu vcpu, Access access, FaultCode activeCode, long value) implements Event {

    @Override
    public String toString() {
      return "page fault of " + vcpu + ": " + access;
    }
  }

  /**
   * The guest executes INVLPG at CPL 0.
   *
   * @param address linear, in bytes
   */
  record InvalidatePage(Vcpu vcpu, long address) implements Event {

    @Override
    public String toString() {
      return "INVLPG of 0x%x by %s".formatted(address, vcpu);
    }
  }

  /**
   * The guest executes INVPCID at CPL 0, legally.
   *
   * @param pcid the descriptor's PCID, 0 to 4095
   * @param address the descriptor's linear address, in bytes; not cut to the mode's width, so that
   *     outside IA-32e mode there may be nothing at it
   */
  record InvalidatePcid(Vcpu vcpu, InvalidationType type, int pcid, long address) implements Event {

    @Override
    public String toString() {
      return "INVPCID %s, PCID %d, address 0x%x, by %s"
          .formatted(type.words(), pcid, address, vcpu);
    }
  }

  /**
   * The guest writes a control register or IA32_EFER at CPL 0, legally.
   *
   * @param value the value as the guest wrote it; bit 63 of CR3 is here and not in {@code after}
   * @param before the control state before the write
   * @param after the control state once the write has taken effect: LMA and the PDPTE registers
   *     follow
   */
  record ControlWrite(
      Vcpu vcpu, ControlRegister register, long value, ControlState before, ControlState after)
      implements Event {

    /** A write that puts its value into the register as it is. */
    public ControlWrite(
        Vcpu vcpu, ControlRegister register, ControlState before, ControlState after) {
      this(vcpu, register, after.get(register), before, after);
    }

    /** True if the guest asks that nothing be invalidated: CR3 with bit 63 set. */
    public boolean keepsTranslations() {
      return register == ControlRegister.CR3
          && before.processContexts()
          && (value & ControlState.CR3_NO_FLUSH) != 0;
    }

    @Override
    public String toString() {
      return "write of 0x%x to %s by %s, where it was 0x%x"
          .formatted(value, register, vcpu, before.get(register));
    }
  }

  /**
   * The guest changes its privilege level; only for targets that intercept it.
   *
   * @param from the CPL before, 0 to 3
   * @param to the CPL after, 0 to 3
   */
  record PrivilegeChange(Vcpu vcpu, int from, int to) implements Event {

    @Override
    public String toString() {
      return "change of %s from CPL %d to %d".formatted(vcpu, from, to);
    }
  }
}
