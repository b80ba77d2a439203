package io.vtlb.conformance.design.parts;

import io.vtlb.model.event.Event;
import io.vtlb.model.event.EventCause;
import io.vtlb.model.machine.PrivilegeSet;

/** What a design reports as the cause of an event that says it by itself. */
public final class Causes {

  private Causes() {}

  /**
   * The cause of a write to a control register. Every write to CR3 and CR4 is flushed for, whether
   * a processor would or not.
   */
  public static EventCause of(Event.ControlWrite write) {
    boolean flushes =
        switch (write.register()) {
          case CR0 -> write.before().paging() != write.after().paging();
          case CR3, CR4 -> true;
          case EFER -> false;
        };
    return flushes ? EventCause.TLB_MANIPULATION : EventCause.CONTROL_CHANGE;
  }

  /** The cause of a change of privilege. */
  public static EventCause of(Event.PrivilegeChange change) {
    return PrivilegeSet.of(change.from()) == PrivilegeSet.of(change.to())
        ? EventCause.PRIVILEGE_CHANGE_WITHIN_SET
        : EventCause.PRIVILEGE_SET_CHANGE;
  }
}
