package io.vtlb.conformance.recording;

import io.vtlb.model.machine.ControlState;

/** The control state of the walks at hand, and whether the model has its mode. */
sealed interface ModeInForce {

  /** Before the first {@code mode} record. */
  ModeInForce NONE = new Unsupported("the control state is not known: no mode record before it");

  /** The model walks structures of this mode. */
  record Modelled(ControlState control, AccessModel model) implements ModeInForce {}

  /**
   * Nothing can be checked.
   *
   * @param reason why
   */
  record Unsupported(String reason) implements ModeInForce {}
}
