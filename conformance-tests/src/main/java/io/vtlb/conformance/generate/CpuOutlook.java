package io.vtlb.conformance.generate;

import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.Vcpu;
import io.vtlb.model.target.VmBlueprint.VcpuState;

/** What a generator knows of one virtual CPU while it chooses operations. */
final class CpuOutlook {

  final Vcpu name;
  ControlState control;
  int cpl;
  boolean alignmentCheck;

  CpuOutlook(Vcpu name, VcpuState state) {
    this.name = name;
    this.control = state.control();
    this.cpl = state.cpl();
    this.alignmentCheck = state.alignmentCheck();
  }
}
