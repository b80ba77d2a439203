package io.vtlb.model.machine;

/**
 * One access of a guest to one linear address, with all that permission is judged by and that
 * belongs to the access itself (Intel SDM vol. 3, 4.6).
 *
 * @param address the linear address, in bytes
 * @param kind load, store or fetch
 * @param set the privilege set that the access is made in; an implicit supervisor access names
 *     {@link PrivilegeSet#SUPERVISOR} whatever the CPL
 * @param alignmentCheck EFLAGS.AC, which suspends SMAP for explicit supervisor accesses; false for
 *     an implicit access
 */
public record Access(long address, AccessKind kind, PrivilegeSet set, boolean alignmentCheck) {

  /** The number of the 4 KiB page that holds the address. */
  public long page() {
    return address >>> PageSize.BASE_SHIFT;
  }

  public boolean isUser() {
    return set == PrivilegeSet.USER;
  }

  public boolean isStore() {
    return kind == AccessKind.STORE;
  }

  public boolean isFetch() {
    return kind == AccessKind.FETCH;
  }
}
