package io.vtlb.conformance.fault;

import io.vtlb.model.event.Event;
import io.vtlb.model.event.EventCause;
import io.vtlb.model.event.Response;
import io.vtlb.model.event.ResyncKind;
import io.vtlb.model.machine.ControlRegister;
import io.vtlb.model.machine.PageSize;
import io.vtlb.model.machine.PrivilegeSet;
import io.vtlb.model.rule.Rule;
import io.vtlb.model.target.ActiveEntry;
import java.util.List;

/**
 * Flushes of the guest that are not honoured, have the wrong scope, or stop short of the processor.
 */
final class InvalidationFaults {

  private static final Response NOTHING_DONE =
      Events.resume(EventCause.TLB_MANIPULATION, ResyncKind.NONE);

  static final List<Fault> ALL =
      List.of(
          new Fault(
              "invlpg-ignored",
              "Xen 70973953ab (a slip in INVLPG's presence check skips the invalidation)",
              Rule.TLB_1,
              () -> Events.swallowing(Events::isInvalidation, NOTHING_DONE)),
          new Fault(
              "invlpg-drops-one-fragment-of-large-page",
              "Bochs e40206249 (INVLPG drops one 4 KiB slot of a large page)",
              Rule.TLB_1,
              () ->
                  new RetainingDeviation(
                      (event, response, set, entry) ->
                          event instanceof Event.InvalidatePage invalidate
                              && !entry.covers(page(invalidate)),
                      (event, entry) ->
                          event instanceof Event.ControlWrite || concerns(event, entry))),
          new Fault(
              "invlpg-drops-supervisor-entries-only",
              "KVM 21823fbda552 (a flush misses the other roots it concerns)",
              Rule.TLB_1,
              () ->
                  new RetainingDeviation(
                      (event, response, set, entry) ->
                          Events.isInvalidation(event) && set == PrivilegeSet.USER,
                      (event, entry) ->
                          event instanceof Event.ControlWrite || concerns(event, entry))),
          new Fault(
              "same-root-reload-ignored",
              "KVM b53e84eed08b (a guest's flush does not synchronise the shadows)",
              Rule.TLB_2,
              () -> Events.swallowing(InvalidationFaults::reloadsSameRoot, NOTHING_DONE)),
          new Fault(
              "root-load-keeps-user-entries",
              "KVM 21823fbda552 (a flushing MOV CR3 misses other roots)",
              Rule.TLB_2,
              () ->
                  new RetainingDeviation(
                      (event, response, set, entry) ->
                          Events.writes(event, ControlRegister.CR3) && set == PrivilegeSet.USER,
                      (event, entry) ->
                          Events.togglesGlobalPages(event) || concerns(event, entry))),
          new Fault(
              "global-page-toggle-ignored",
              "Bochs c96f5e27a (a CR4 change that must flush does not)",
              Rule.TLB_5,
              () ->
                  new RetainingDeviation(
                      (event, response, set, entry) -> Events.togglesGlobalPages(event),
                      (event, entry) ->
                          Events.writes(event, ControlRegister.CR3) || concerns(event, entry))),
          new Fault(
              "stale-entry-kept-when-fault-is-delivered",
              "KVM's invalidation at an injected #PF left out (docs/adr/0003)",
              Rule.TLB_9,
              () ->
                  new RetainingDeviation(
                      (event, response, set, entry) -> Events.injects(response),
                      (event, entry) ->
                          event instanceof Event.ControlWrite || concerns(event, entry))),
          new Fault(
              "processor-not-flushed-after-invlpg",
              "KVM release 28 of 2007 (rights reduced without a flush of the processor)",
              Rule.PROC_1,
              () ->
                  new AnswerDeviation((event, response) ->
                      Events.isInvalidation(event) ? Events.withoutDrops(response) : response)),
          new Fault(
              "processor-not-flushed-after-control-write",
              "Xen 329b00e4d4, XSA-294 (a flush that the code had relied on is gone)",
              Rule.PROC_1,
              () ->
                  new AnswerDeviation((event, response) ->
                      event instanceof Event.ControlWrite
                          ? Events.withoutDrops(response)
                          : response)));

  private InvalidationFaults() {}

  private static long page(Event.InvalidatePage invalidate) {
    return PageSize.page(invalidate.address());
  }

  /**
   * True if an event is about the page of an entry, so that even a careless VMM would notice it.
   */
  static boolean concerns(Event event, ActiveEntry entry) {
    return switch (event) {
      case Event.PageFault fault -> entry.covers(fault.access().page());
      case Event.InvalidatePage invalidate -> entry.covers(page(invalidate));
      case Event.InvalidatePcid invalidate -> false;
      case Event.ControlWrite write -> false;
      case Event.PrivilegeChange change -> false;
    };
  }

  private static boolean reloadsSameRoot(Event event) {
    return event instanceof Event.ControlWrite write
        && write.register() == ControlRegister.CR3
        && write.before().cr3() == write.after().cr3();
  }
}
