package io.vtlb.conformance.recording;

import io.vtlb.model.machine.ControlState;
import io.vtlb.model.paging.PagingMode;

/**
 * What a hypervisor makes of a control state: how many levels to walk, and which protections hold.
 *
 * @param levels how many levels a walk has; 0 if paging is off
 */
record PagingRole(int levels, boolean writeProtect, boolean noExecute, boolean smep, boolean smap) {

  /** What the architecture makes of it (Intel SDM vol. 3, 4.1.1). */
  static PagingRole of(ControlState control) {
    return new PagingRole(
        PagingMode.of(control).levels().size(),
        control.writeProtect(),
        control.noExecute(),
        control.supervisorExecutionPrevention(),
        control.supervisorAccessPrevention());
  }

  @Override
  public String toString() {
    return levels
        + " levels"
        + (writeProtect ? " WP" : "")
        + (noExecute ? " NXE" : "")
        + (smep ? " SMEP" : "")
        + (smap ? " SMAP" : "");
  }
}
