package io.vtlb.implementation;

import static io.vtlb.implementation.EntryBits.EXECUTE;
import static io.vtlb.implementation.EntryBits.READ;
import static io.vtlb.implementation.EntryBits.WRITE;

import io.vtlb.implementation.GuestWalk.Mapped;
import io.vtlb.model.machine.Access;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.FaultCode;
import io.vtlb.model.machine.PrivilegeSet;
import io.vtlb.model.target.ActiveEntry;

/**
 * How one control state turns the bits of a walk into rights, and a denied access into an error
 * code (Intel SDM vol. 3, 4.6 and 4.7).
 *
 * <p>Two control states with equal protection give equal rights to what they translate alike.
 *
 * @param writeProtect CR0.WP: supervisor writes respect R/W
 * @param executionPrevention CR4.SMEP: supervisor fetches from user pages fault
 * @param accessPrevention CR4.SMAP: supervisor data accesses to user pages fault while EFLAGS.AC=0
 * @param noExecute IA32_EFER.NXE, where entries have eight bytes: XD forbids fetches
 * @param keys CR4.PKE, in IA-32e mode: PKRU restricts data accesses to user pages
 */
record Protection(
    boolean writeProtect,
    boolean executionPrevention,
    boolean accessPrevention,
    boolean noExecute,
    boolean keys) {

  /** Protection without paging: there is none. */
  static final Protection NONE = new Protection(false, false, false, false, false);

  static Protection of(ControlState control) {
    if (!control.paging()) {
      return NONE;
    }
    return new Protection(
        control.writeProtect(),
        control.supervisorExecutionPrevention(),
        control.supervisorAccessPrevention(),
        control.physicalAddressExtension() && control.noExecute(),
        control.protectionKeys());
  }

  /**
   * What a privilege set may do with a page, as bits of {@link EntryBits}, whatever its D bit and
   * PKRU are.
   */
  long rights(Mapped walk, PrivilegeSet set) {
    long unlessExecuteDisabled = walk.executeDisable() && noExecute ? READ | WRITE : ~0;
    return unlessExecuteDisabled
        & switch (set) {
          case USER -> walk.user() ? READ | EXECUTE | (walk.writable() ? WRITE : 0) : 0;
          case SUPERVISOR -> data(walk, accessPrevention) | fetches(walk);
          case SUPERVISOR_AC -> data(walk, false) | fetches(walk);
        };
  }

  private long data(Mapped walk, boolean prevented) {
    if (walk.user() && prevented) {
      return 0;
    }
    return READ | (walk.writable() || !writeProtect ? WRITE : 0);
  }

  private long fetches(Mapped walk) {
    return walk.user() && executionPrevention ? 0 : EXECUTE;
  }

  /** The key by which PKRU restricts a page, or {@link ActiveEntry#NO_KEY}. */
  int key(Mapped walk) {
    return keys && walk.user() ? walk.leaf().key() : ActiveEntry.NO_KEY;
  }

  boolean permits(Mapped walk, Access access) {
    return (rights(walk, access.set()) & EntryBits.right(access.kind())) != 0
        && !forbiddenByKey(walk, access);
  }

  /** True if PKRU forbids the access (Intel SDM vol. 3, 4.6.2). */
  private boolean forbiddenByKey(Mapped walk, Access access) {
    int key = key(walk);
    if (key == ActiveEntry.NO_KEY || access.isFetch()) {
      return false;
    }
    int pair = access.pkru() >>> (2 * key);
    boolean accessDisable = (pair & 1) != 0;
    boolean writeDisable = (pair & 2) != 0;
    return accessDisable || (writeDisable && access.isStore() && (access.isUser() || writeProtect));
  }

  /** The error code of an access that met an entry with P=0. */
  FaultCode notPresent(Access access) {
    return new FaultCode(described(access));
  }

  /** The error code of an access that met an entry with a reserved bit set. */
  FaultCode reserved(Access access) {
    return new FaultCode(described(access) | FaultCode.PRESENT | FaultCode.RESERVED);
  }

  /** The error code of an access that the page at the end of its walk does not permit. */
  FaultCode denied(Mapped walk, Access access) {
    int key = forbiddenByKey(walk, access) ? FaultCode.PROTECTION_KEY : 0;
    return new FaultCode(described(access) | FaultCode.PRESENT | key);
  }

  private int described(Access access) {
    boolean namesFetches = executionPrevention || noExecute;
    return (access.isStore() ? FaultCode.WRITE : 0)
        | (access.isUser() ? FaultCode.USER : 0)
        | (access.isFetch() && namesFetches ? FaultCode.FETCH : 0);
  }
}
