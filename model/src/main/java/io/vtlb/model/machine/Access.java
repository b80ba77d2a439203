package io.vtlb.model.machine;

/**
 * One access of a guest inside one page, with all that permission is judged by and that belongs to
 * the access itself (Intel SDM vol. 3, 4.6).
 *
 * @param address the linear address, in bytes
 * @param kind load, store or fetch
 * @param set the privilege set that the access is made in; an implicit supervisor access names
 *     {@link PrivilegeSet#SUPERVISOR} whatever the CPL and EFLAGS.AC
 * @param pkru the PKRU register; it counts only where CR4.PKE=1
 * @param bytes how many bytes are accessed, 4 or 8
 */
public record Access(long address, AccessKind kind, PrivilegeSet set, int pkru, int bytes) {

  /** An access of four bytes that no protection key restricts. */
  public Access(long address, AccessKind kind, PrivilegeSet set) {
    this(address, kind, set, 0, 4);
  }

  /** The number of the 4 KiB page that holds the address. */
  public long page() {
    return PageSize.page(address);
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

  /** The access as reports show it, for example {@code STORE of 4 bytes at 0x400000 by USER}. */
  @Override
  public String toString() {
    return "%s of %d bytes at 0x%x by %s%s"
        .formatted(kind, bytes, address, set, pkru == 0 ? "" : ", PKRU 0x%x".formatted(pkru));
  }
}
