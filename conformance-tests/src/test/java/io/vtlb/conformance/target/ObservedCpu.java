package io.vtlb.conformance.target;

import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.PrivilegeSet;
import io.vtlb.model.target.VmBlueprint.VcpuState;

/** The state of one virtual CPU of {@link ObservedMachine}. */
final class ObservedCpu {

  ControlState control;
  int cpl;
  boolean alignmentCheck;
  int pkru;

  ObservedCpu(VcpuState state) {
    control = state.control();
    cpl = state.cpl();
    alignmentCheck = state.alignmentCheck();
    pkru = state.pkru();
  }

  PrivilegeSet set() {
    return PrivilegeSet.of(cpl, alignmentCheck, control);
  }
}
