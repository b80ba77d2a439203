package io.vtlb.implementation;

import io.vtlb.model.machine.FaultCode;

/** What the guest's own page tables say of one access. */
sealed interface GuestAccess {

  /**
   * The access completes; A and D are set as a processor sets them.
   *
   * @param walk the walk that permits it
   */
  record Permitted(GuestWalk.Mapped walk) implements GuestAccess {}

  /**
   * The access faults.
   *
   * @param code the error code that the guest is due (Intel SDM vol. 3, 4.7)
   */
  record Denied(FaultCode code) implements GuestAccess {}
}
