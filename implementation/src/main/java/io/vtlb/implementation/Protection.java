package io.vtlb.implementation;

import static io.vtlb.implementation.EntryBits.EXECUTE;
import static io.vtlb.implementation.EntryBits.READ;
import static io.vtlb.implementation.EntryBits.WRITE;

import io.vtlb.implementation.GuestWalk.Mapped;
import io.vtlb.model.machine.Access;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.FaultCode;
import io.vtlb.model.machine.PrivilegeSet;

/**
 * How one control state turns the bits of a walk into rights, and a denied access into an error
 * code (Intel SDM vol. 3, 4.6 and 4.7).
 *
 * @param writeProtect CR0.WP: supervisor writes respect R/W
 * @param executionPrevention CR4.SMEP: supervisor fetches from user pages fault
 * @param namesFetches error codes have I/D
 */
record Protection(boolean writeProtect, boolean executionPrevention, boolean namesFetches) {

  static Protection of(ControlState control) {
    boolean noExecute = control.physicalAddressExtension() && control.noExecute();
    boolean executionPrevention = control.supervisorExecutionPrevention();
    return new Protection(
        control.writeProtect(), executionPrevention, executionPrevention || noExecute);
  }

  /** What a privilege set may do with a page, as bits of {@link EntryBits}, whatever its D bit. */
  long rights(Mapped walk, PrivilegeSet set) {
    return switch (set) {
      case USER -> walk.user() ? READ | EXECUTE | (walk.writable() ? WRITE : 0) : 0;
      case SUPERVISOR ->
          READ
              | (walk.writable() || !writeProtect ? WRITE : 0)
              | (walk.user() && executionPrevention ? 0 : EXECUTE);
    };
  }

  boolean permits(Mapped walk, Access access) {
    return (rights(walk, access.set()) & EntryBits.right(access.kind())) != 0;
  }

  /**
   * The error code of a denied access.
   *
   * @param found P and RSVD, as the walk found them
   */
  FaultCode code(Access access, int found) {
    return new FaultCode(
        found
            | (access.isStore() ? FaultCode.WRITE : 0)
            | (access.isUser() ? FaultCode.USER : 0)
            | (access.isFetch() && namesFetches ? FaultCode.FETCH : 0));
  }
}
