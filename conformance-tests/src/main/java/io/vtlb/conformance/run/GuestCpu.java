package io.vtlb.conformance.run;

import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.PrivilegeSet;
import io.vtlb.model.machine.Vcpu;
import io.vtlb.model.paging.PagingMode;
import io.vtlb.model.target.VmBlueprint.VcpuState;

/**
 * The state of one virtual CPU that the guest itself sees: control registers, privilege level,
 * EFLAGS.AC and PKRU.
 */
final class GuestCpu {

  private final Vcpu name;
  private final ProcessorTlb tlb;
  private ControlState control;
  private int cpl;
  private boolean alignmentCheck;
  private int pkru;

  GuestCpu(Vcpu name, VcpuState state, ProcessorTlb tlb) {
    this.name = name;
    this.tlb = tlb;
    this.control = state.control();
    this.cpl = state.cpl();
    this.alignmentCheck = state.alignmentCheck();
    this.pkru = state.pkru();
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

  PagingMode mode() {
    return PagingMode.of(control);
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

  void setAlignmentCheck(boolean flag) {
    alignmentCheck = flag;
  }

  int pkru() {
    return pkru;
  }

  void setPkru(int value) {
    pkru = value;
  }

  PrivilegeSet set() {
    return PrivilegeSet.of(cpl, alignmentCheck, control);
  }

  /** True if privileged instructions execute instead of raising a general-protection fault. */
  boolean mayExecutePrivileged() {
    return cpl == 0;
  }
}
