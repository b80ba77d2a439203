package io.vtlb.specs.agreement;

import io.vtlb.model.event.Event;
import io.vtlb.model.event.Response;
import io.vtlb.model.machine.ControlState;
import io.vtlb.specs.evaluation.Value;
import java.util.Map;

/**
 * An event, with the answer of the reference VMM and what the definitions are told of it.
 *
 * @param of whose event it is
 * @param event as the model has it
 * @param described as the definitions have it
 * @param before the control state that it finds
 * @param registers the same, as the definitions have it
 * @param registersAfter the control state after it
 * @param walks the walk of each page that counts, of memory as the event finds it
 * @param host with the log as it stands once bits are set in tables
 */
record Happened(
    DescribedMachine of,
    Event event,
    Value described,
    ControlState before,
    Value registers,
    Value registersAfter,
    Map<Long, Value> walks,
    Value.Mapping host,
    Response response) {

  private static final Value NOWHERE = Smt.constant("ends-not-present");

  /** The walk of a page; one that does not count is said to lead nowhere. */
  Value walk(Slot slot) {
    return walks.getOrDefault(slot.page(), NOWHERE);
  }

  /** True if the event is a fault in another page. */
  boolean isFaultOutside(Slot slot) {
    return event instanceof Event.PageFault fault && fault.access().page() != slot.page();
  }
}
