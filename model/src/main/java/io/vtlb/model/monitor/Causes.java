package io.vtlb.model.monitor;

import io.vtlb.model.admissible.Invalidation;
import io.vtlb.model.admissible.Way;
import io.vtlb.model.admissible.Ways;
import io.vtlb.model.event.Event;
import io.vtlb.model.event.EventCause;
import io.vtlb.model.machine.Access;
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
      case Event.InvalidatePcid invalidate -> EnumSet.of(EventCause.TLB_MANIPULATION);
      case Event.ControlWrite write -> ofControlWrite(step, write);
      case Event.PrivilegeChange change ->
          EnumSet.of(
              PrivilegeSet.of(change.from()) == PrivilegeSet.of(change.to())
                  ? EventCause.PRIVILEGE_CHANGE_WITHIN_SET
                  : EventCause.PRIVILEGE_SET_CHANGE);
    };
  }

  /**
   * Where nothing is invalidated, either name is right for CR4, since vendors differ on what else
   * in it flushes a TLB (docs/adr/0009), and for CR3, where bit 63 only spares the flush. So it is
   * where CR0 turns paging on: a processor has cached nothing until then (docs/adr/0001).
   */
  private static Set<EventCause> ofControlWrite(Step step, Event.ControlWrite write) {
    if (invalidates(step, write)) {
      return EnumSet.of(EventCause.TLB_MANIPULATION);
    }
    return switch (write.register()) {
      case CR3, CR4 -> EnumSet.of(EventCause.CONTROL_CHANGE, EventCause.TLB_MANIPULATION);
      case CR0 ->
          turnsPagingOn(write)
              ? EnumSet.of(EventCause.CONTROL_CHANGE, EventCause.TLB_MANIPULATION)
              : EnumSet.of(EventCause.CONTROL_CHANGE);
      case EFER -> EnumSet.of(EventCause.CONTROL_CHANGE);
    };
  }

  private static boolean turnsPagingOn(Event.ControlWrite write) {
    return !write.before().paging() && write.after().paging();
  }

  private static boolean invalidates(Step step, Event.ControlWrite write) {
    return !turnsPagingOn(write)
        && Invalidation.ofControlWrite(write, step.walker().profile())
            .filter(obliged -> !(obliged.scope() instanceof Invalidation.Scope.Nowhere))
            .isPresent();
  }

  private static Set<EventCause> ofFault(Step step, Access access, Ways ways) {
    Set<EventCause> causes = EnumSet.noneOf(EventCause.class);
    for (Way way : ways.ways()) {
      switch (way) {
        case Way.Faults faults -> causes.add(EventCause.GUEST_PAGE_FAULT);
        case Way.Completes completes -> {
          long frame = completes.translation().frame(access.page());
          if (step.mayBeDevice(frame, access)) {
            causes.add(EventCause.DEVICE_ACCESS);
          }
          if (step.mayBeMemory(frame, access)) {
            causes.add(EventCause.INCONSISTENCY);
          }
        }
      }
    }
    if (step.before()
        .at(access.set(), access.page())
        .filter(entry -> entry.permits(access, step.control()))
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
      case Event.InvalidatePcid invalidate -> true;
      case Event.ControlWrite write -> invalidates(step, write);
    };
  }
}
