package io.vtlb.conformance.run;

import io.vtlb.model.machine.Access;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.operation.GuestOperation;
import io.vtlb.model.operation.Observation;

/** Performs operations against one kind of target. */
sealed interface OperationPlayer permits EventDrivenPlayer, ObservedPlayer {

  /** An access, with what a store writes. */
  Observation access(GuestCpu cpu, GuestOperation operation, Access access, long value);

  /** INVLPG at CPL 0. */
  Observation invalidatePage(GuestCpu cpu, GuestOperation.InvalidatePage invalidate);

  /** A write to a control register at CPL 0; the virtual CPU has the new state already. */
  Observation writeControl(GuestCpu cpu, GuestOperation.WriteControl write, ControlState before);

  /** A change of privilege; the virtual CPU runs at the new level already. */
  Observation changePrivilege(GuestCpu cpu, GuestOperation.ChangePrivilege change, int from);
}
