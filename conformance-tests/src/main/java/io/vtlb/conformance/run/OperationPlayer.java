package io.vtlb.conformance.run;

import io.vtlb.model.event.Event;
import io.vtlb.model.machine.Access;
import io.vtlb.model.operation.GuestOperation;
import io.vtlb.model.operation.Observation;
import java.util.List;

/** Performs operations against one kind of target. */
sealed interface OperationPlayer permits EventDrivenPlayer, ObservedPlayer {

  /** A virtual CPU goes on after another one of its machine ran. */
  void resume(GuestCpu cpu);

  /**
   * An operation that accesses memory.
   *
   * @param parts one access, or two where it crosses into the next page
   * @param value what a store writes, all parts together
   */
  Observation access(GuestCpu cpu, GuestOperation operation, List<Access> parts, long value);

  /**
   * A privileged instruction that the VMM intercepts; the virtual CPU has its new state already.
   */
  Observation intercepted(GuestCpu cpu, GuestOperation operation, Event event);

  /** A change of privilege, which a VMM may intercept; the virtual CPU runs at the new level. */
  Observation changePrivilege(GuestCpu cpu, GuestOperation operation, Event.PrivilegeChange change);

  /** An operation that no VMM sees: it completes, or is a fault that is no page fault. */
  Observation unseen(GuestCpu cpu, GuestOperation operation, Observation outcome);
}
