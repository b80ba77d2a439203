package io.vtlb.conformance.fault;

import io.vtlb.model.event.Event;
import io.vtlb.model.event.EventCause;
import io.vtlb.model.event.Response;
import io.vtlb.model.event.ResyncKind;
import io.vtlb.model.machine.ControlRegister;
import io.vtlb.model.target.VirtualTlb;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Kinds of events, and plain answers, in which deviations are described. */
final class Events {

  private Events() {}

  static boolean isInvalidation(Event event) {
    return event instanceof Event.InvalidatePage;
  }

  static boolean isContextInvalidation(Event event) {
    return event instanceof Event.InvalidatePcid;
  }

  static boolean writes(Event event, ControlRegister register) {
    return event instanceof Event.ControlWrite write && write.register() == register;
  }

  static boolean togglesPaging(Event event) {
    return event instanceof Event.ControlWrite write
        && write.before().paging() != write.after().paging();
  }

  /** A load of CR3 with PCIDs, with or without a flush. */
  static boolean loadsContext(Event event, boolean flushing) {
    return event instanceof Event.ControlWrite write
        && write.register() == ControlRegister.CR3
        && write.after().processContexts()
        && write.keepsTranslations() != flushing;
  }

  /** A change of CR4.PAE. */
  static boolean togglesWidth(Event event) {
    return event instanceof Event.ControlWrite write
        && write.before().physicalAddressExtension() != write.after().physicalAddressExtension();
  }

  static boolean setsSmep(Event event) {
    return event instanceof Event.ControlWrite write
        && !write.before().supervisorExecutionPrevention()
        && write.after().supervisorExecutionPrevention();
  }

  static boolean togglesGlobalPages(Event event) {
    return event instanceof Event.ControlWrite write
        && write.before().globalPages() != write.after().globalPages();
  }

  static boolean liftsWriteProtection(Event event) {
    return event instanceof Event.ControlWrite write
        && write.before().writeProtect()
        && !write.after().writeProtect();
  }

  static Response resume(EventCause cause, ResyncKind resync) {
    return Response.of(new Response.Action.Resume()).reporting(cause, resync);
  }

  static Response withoutDrops(Response response) {
    return new Response(response.action(), List.of(), response.report());
  }

  static Response withoutReport(Response response) {
    return new Response(response.action(), response.drops(), Optional.empty());
  }

  static Response reporting(Response response, EventCause cause) {
    return response
        .report()
        .map(report -> response.reporting(cause, report.resync()))
        .orElse(response);
  }

  static boolean injects(Response response) {
    return response.action() instanceof Response.Action.InjectPageFault;
  }

  static boolean resumes(Response response) {
    return response.action() instanceof Response.Action.Resume;
  }

  /** A deviation that answers some events itself and leaves the right target in the dark. */
  static Deviation swallowing(Predicate<Event> events, Response answer) {
    return new Deviation() {
      @Override
      public Response handle(Event event, VirtualTlb right) {
        return events.test(event) ? answer : right.handle(event);
      }
    };
  }
}
