package io.vtlb.model.machine;

/**
 * A set of privilege levels that page-based protection can tell apart: CPL 3, CPL 0 to 2, and,
 * where SMAP is on, CPL 0 to 2 while EFLAGS.AC suspends it.
 *
 * <p>Source: claims 12, 23 and 27; Intel SDM vol. 3, 4.6.
 */
public enum PrivilegeSet {
  /** CPL 0 to 2, with SMAP in force if CR4.SMAP=1. */
  SUPERVISOR,
  /** CPL 3. */
  USER,
  /** CPL 0 to 2 with CR4.SMAP=1 and EFLAGS.AC=1. */
  SUPERVISOR_AC;

  /** The set that a current privilege level (0 to 3) belongs to, without SMAP. */
  public static PrivilegeSet of(int cpl) {
    return cpl == 3 ? USER : SUPERVISOR;
  }

  /** The set that a virtual CPU runs in. */
  public static PrivilegeSet of(int cpl, boolean alignmentCheck, ControlState control) {
    if (cpl == 3) {
      return USER;
    }
    return alignmentCheck && control.supervisorAccessPrevention() ? SUPERVISOR_AC : SUPERVISOR;
  }

  /** True if a virtual CPU in this control state can run in this set. */
  public boolean exists(ControlState control) {
    return this != SUPERVISOR_AC || control.supervisorAccessPrevention();
  }
}
