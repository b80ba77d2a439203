package io.vtlb.model.monitor;

import io.vtlb.model.admissible.Invalidation;
import io.vtlb.model.admissible.Way;
import io.vtlb.model.admissible.Ways;
import io.vtlb.model.event.Event;
import io.vtlb.model.event.EventCause;
import io.vtlb.model.machine.Access;
import io.vtlb.model.machine.ControlRegister;
import io.vtlb.model.machine.PrivilegeSet;
import java.util.EnumSet;
import java.util.Set;

/** The set of causes that are right for an event (claims 3, 4, 7, 8, 9, 13, 17, 20 and 21). */
final class Causes {

  private Causes() {}

  static Set<EventCause> of(Step step) {
    return switch (step.event()) {
      case Event.PageFault fault -> ofFault(step, fault.access(), step.ways().orElseThrow());
      case Event.InvalidatePage invalidate -> EnumSet.of(EventCause.TLB_MANIPULATION);
      case Event.ControlWrite write -> ofControlWrite(write);
      case Event.PrivilegeChange change ->
          EnumSet.of(
              PrivilegeSet.of(change.from()) == PrivilegeSet.of(change.to())
                  ? EventCause.PRIVILEGE_CHANGE_WITHIN_SET
                  : EventCause.PRIVILEGE_SET_CHANGE);
    };
  }

  /**
   * Vendors differ on what else in CR4 flushes a TLB, so for CR4 either name is right
   * (docs/adr/0009).
   */
  private static Set<EventCause> ofControlWrite(Event.ControlWrite write) {
    if (invalidates(write)) {
      return EnumSet.of(EventCause.TLB_MANIPULATION);
    }
    return write.register() == ControlRegister.CR4
        ? EnumSet.of(EventCause.CONTROL_CHANGE, EventCause.TLB_MANIPULATION)
        : EnumSet.of(EventCause.CONTROL_CHANGE);
  }

  private static boolean invalidates(Event.ControlWrite write) {
    return Invalidation.ofControlWrite(write.register(), write.before(), write.after()).isPresent();
  }

  private static Set<EventCause> ofFault(Step step, Access access, Ways ways) {
    Set<EventCause> causes = EnumSet.noneOf(EventCause.class);
    for (Way way : ways.ways()) {
      causes.add(
          switch (way) {
            case Way.Faults faults -> EventCause.GUEST_PAGE_FAULT;
            case Way.Completes completes ->
                step.machine().memory().backed(completes.translation().frame(access.page()))
                    ? EventCause.INCONSISTENCY
                    : EventCause.DEVICE_ACCESS;
          });
    }
    if (step.before()
        .at(access.set(), access.page())
        .filter(entry -> entry.rights().allow(access.kind()))
        .isPresent()) {
      causes.add(EventCause.SPURIOUS);
    }
    return causes;
  }

  /** True if the event is an attempt to manipulate the TLB (claims 8 and 20). */
  static boolean isManipulation(Step step) {
    return switch (step.event()) {
      case Event.PageFault fault -> false;
      case Event.PrivilegeChange change -> false;
      case Event.InvalidatePage invalidate -> true;
      case Event.ControlWrite write -> invalidates(write);
    };
  }
}
