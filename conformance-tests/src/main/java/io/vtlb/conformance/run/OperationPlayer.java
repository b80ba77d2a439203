package io.vtlb.conformance.run;

import io.vtlb.model.machine.AccessKind;
import io.vtlb.model.operation.GuestOperation;
import io.vtlb.model.operation.Observation;

/** Performs operations against one kind of target. */
sealed interface OperationPlayer permits EventDrivenPlayer, ObservedPlayer {

  Observation access(GuestOperation operation, long address, AccessKind kind, long value);

  Observation foreignStore(GuestOperation.ForeignStore store);

  Observation invalidatePage(GuestOperation.InvalidatePage invalidate);

  Observation writeControl(GuestOperation.WriteControl write);

  Observation changePrivilege(GuestOperation.ChangePrivilege change);
}
