package io.vtlb.conformance.run;

import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.PrivilegeSet;
import io.vtlb.model.machine.Vcpu;

/**
 * The state of one virtual CPU that the guest itself sees: control registers and privilege level.
 */
final class GuestCpu {

  private final Vcpu name;
  private final ProcessorTlb tlb;
  private ControlState control;
  private int cpl;

  GuestCpu(Vcpu name, ControlState control, int cpl, ProcessorTlb tlb) {
    this.name = name;
    this.control = control;
    this.cpl = cpl;
    this.tlb = tlb;
  }

  Vcpu name() {
    return name;
  }

  ProcessorTlb tlb() {
    return tlb;
  }

  ControlState control() {
    return control;
  }

  void load(ControlState state) {
    control = state;
  }

  int cpl() {
    return cpl;
  }

  void run(int level) {
    cpl = level;
  }

  PrivilegeSet set() {
    return PrivilegeSet.of(cpl);
  }

  /** True if privileged instructions execute instead of raising a general-protection fault. */
  boolean mayExecutePrivileged() {
    return cpl == 0;
  }
}
