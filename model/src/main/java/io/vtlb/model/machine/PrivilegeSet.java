package io.vtlb.model.machine;

/**
 * A set of privilege levels that page-based protection can tell apart: CPL 3, or CPL 0 to 2.
 *
 * <p>Source: claims 12, 23 and 27; Intel SDM vol. 3, 4.6.
 */
public enum PrivilegeSet {
  /** CPL 0 to 2. */
  SUPERVISOR,
  /** CPL 3. */
  USER;

  /** The set that a current privilege level (0 to 3) belongs to. */
  public static PrivilegeSet of(int cpl) {
    return cpl == 3 ? USER : SUPERVISOR;
  }
}
