package io.vtlb.model.event;

import io.vtlb.model.machine.Access;
import io.vtlb.model.machine.ControlRegister;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.FaultCode;
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
   * @param value what a store would write, 32 bits; zero for other accesses
   */
  record PageFault(Vcpu vcpu, Access access, FaultCode activeCode, long value) implements Event {}

  /**
   * The guest executes INVLPG at CPL 0.
   *
   * @param address linear, in bytes
   */
  record InvalidatePage(Vcpu vcpu, long address) implements Event {}

  /**
   * The guest writes a control register at CPL 0, legally.
   *
   * @param before the control state before the write
   * @param after the control state once the write has taken effect
   */
  record ControlWrite(Vcpu vcpu, ControlRegister register, ControlState before, ControlState after)
      implements Event {}

  /**
   * The guest changes its privilege level; only for targets that intercept it.
   *
   * @param from the CPL before, 0 to 3
   * @param to the CPL after, 0 to 3
   */
  record PrivilegeChange(Vcpu vcpu, int from, int to) implements Event {}
}
