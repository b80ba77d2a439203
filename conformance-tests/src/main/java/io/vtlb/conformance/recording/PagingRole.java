package io.vtlb.conformance.recording;

import io.vtlb.model.machine.ControlState;

/**
 * What a hypervisor makes of a control state: how many levels to walk, and which protections hold.
 *
 * @param levels how many levels a walk has; 0 if paging is off
 */
record PagingRole(int levels, boolean writeProtect, boolean noExecute, boolean smep, boolean smap) {

  private static final long CR4_LA57 = 1L << 12;

  /** What the architecture makes of it (Intel SDM vol. 3, 4.1.1). */
  static PagingRole of(ControlState control) {
    return new PagingRole(
        levels(control),
        control.writeProtect(),
        control.noExecute(),
        control.supervisorExecutionPrevention(),
        control.supervisorAccessPrevention());
  }

  private static int levels(ControlState control) {
    if (!control.paging()) {
      return 0;
    }
    if ((control.efer() & ControlState.EFER_LMA) != 0) {
      return (control.cr4() & CR4_LA57) != 0 ? 5 : 4;
    }
    return control.physicalAddressExtension() ? 3 : 2;
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
