package io.vtlb.conformance.recording;

import io.vtlb.model.machine.ControlState;

/** The control state of the walks at hand, and the model of its mode. */
sealed interface ModeInForce {

  /** Before the first {@code mode} record. */
  ModeInForce UNKNOWN = new Unchecked("the control state is not known: no mode record before it");

  /** While CR0.PG=0. */
  ModeInForce NO_PAGING = new Unchecked("no paging: the guest has no structure to walk");

  /** The model walks structures of this mode. */
  record Modelled(ControlState control, AccessModel model) implements ModeInForce {}

  /**
   * Nothing can be checked.
   *
   * @param reason why
   */
  record Unchecked(String reason) implements ModeInForce {}
}
