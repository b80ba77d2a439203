package io.vtlb.conformance.fault;

import io.vtlb.model.event.Event;
import io.vtlb.model.event.EventCause;
import io.vtlb.model.event.Report;
import io.vtlb.model.event.Response;
import io.vtlb.model.event.Response.Action;
import io.vtlb.model.event.ResyncKind;
import io.vtlb.model.machine.ControlRegister;
import io.vtlb.model.machine.FaultCode;
import io.vtlb.model.rule.Rule;
import java.util.List;
import java.util.function.IntUnaryOperator;

/** Events whose cause is mistaken, and faults delivered wrongly, swallowed or made up. */
final class ClassificationFaults {

  static final List<Fault> ALL =
      List.of(
          new Fault(
              "protection-change-not-classified",
              "denies claims 3, 16 and 25",
              Rule.EVENT_1,
              () ->
                  new AnswerDeviation((event, response) ->
                      Events.writes(event, ControlRegister.CR0)
                          ? Events.withoutReport(response)
                          : response)),
          new Fault(
              "guest-fault-swallowed",
              "Xen e8ea651a7a's kind (a fault of the guest taken for the VMM's own)",
              Rule.EVENT_2,
              () ->
                  new AnswerDeviation((event, response) ->
                      Events.injects(response)
                          ? Events.resume(EventCause.SPURIOUS, ResyncKind.NONE)
                              .dropping(response.drops().getFirst())
                          : response)),
          new Fault(
              "error-code-of-active-walk",
              "Xen 31b083a50c (P bit of the wrong walk)",
              Rule.EVENT_3,
              () ->
                  new AnswerDeviation((event, response) ->
                      event instanceof Event.PageFault fault && Events.injects(response)
                          ? withCode(response, bits -> fault.activeCode().bits())
                          : response)),
          new Fault(
              "reserved-fault-without-present-bit",
              "Xen b38c115140 (RSVD reported with P=0)",
              Rule.EVENT_3,
              () ->
                  new AnswerDeviation((event, response) ->
                      withCode(
                          response,
                          bits ->
                              (bits & FaultCode.RESERVED) != 0
                                  ? bits & ~FaultCode.PRESENT
                                  : bits))),
          new Fault(
              "fetch-reported-without-execute-disable",
              "Xen a0b40c3e08 (fetch and read confused when NX is off)",
              Rule.EVENT_3,
              () ->
                  new AnswerDeviation((event, response) ->
                      event instanceof Event.PageFault fault && fault.access().isFetch()
                          ? withCode(response, bits -> bits | FaultCode.FETCH)
                          : response)),
          new Fault(
              "provoked-fault-delivered",
              "Xen a83a2ee1b7 and 05d640922d (faults that the VMM had provoked delivered to the guest)",
              Rule.EVENT_4,
              () -> new AnswerDeviation(ClassificationFaults::deliverProvoked)),
          new Fault(
              "invlpg-taken-for-control-change",
              "denies claims 8 and 20",
              Rule.EVENT_5,
              () ->
                  new AnswerDeviation((event, response) ->
                      Events.isInvalidation(event)
                          ? Events.reporting(response, EventCause.CONTROL_CHANGE)
                          : response)),
          new Fault(
              "missing-entry-taken-for-spurious",
              "denies claims 4 and 17",
              Rule.EVENT_6,
              () ->
                  new AnswerDeviation((event, response) ->
                      event instanceof Event.PageFault && Events.resumes(response)
                          ? Events.reporting(response, EventCause.SPURIOUS)
                          : response)),
          new Fault(
              "entry-to-user-mode-not-noticed",
              "denies claim 13",
              Rule.PRIV_2,
              () ->
                  new AnswerDeviation((event, response) ->
                      event instanceof Event.PrivilegeChange change && change.to() == 3
                          ? Events.reporting(response, EventCause.PRIVILEGE_CHANGE_WITHIN_SET)
                          : response)),
          new Fault(
              "store-fault-answered-without-change",
              "KVM d28c6cfbbc5e and Xen e8ea651a7a (endless fault loops)",
              Rule.PROGRESS_1,
              () ->
                  EntryDeviation.neverWritable(
                      response -> response.reporting(EventCause.INCONSISTENCY, ResyncKind.FLUSH))));

  private ClassificationFaults() {}

  static Response withCode(Response response, IntUnaryOperator change) {
    return response.action() instanceof Action.InjectPageFault(FaultCode code, long address)
        ? new Response(
            new Action.InjectPageFault(new FaultCode(change.applyAsInt(code.bits())), address),
            response.drops(),
            response.report())
        : response;
  }

  /**
   * A store that meets an entry without the write right is the guest's fault, whoever withheld it.
   */
  private static Response deliverProvoked(Event event, Response response) {
    return event instanceof Event.PageFault fault
            && fault.access().isStore()
            && fault.activeCode().present()
            && Events.resumes(response)
        ? new Response(
            new Action.InjectPageFault(fault.activeCode(), fault.access().address()),
            response.drops(),
            response
                .report()
                .map(report -> new Report(EventCause.GUEST_PAGE_FAULT, ResyncKind.NONE)))
        : response;
  }
}
