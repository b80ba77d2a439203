package io.vtlb.conformance.fault;

import io.vtlb.model.event.Event;
import io.vtlb.model.event.EventCause;
import io.vtlb.model.event.ProcessorDrop;
import io.vtlb.model.event.Response;
import io.vtlb.model.event.ResyncKind;
import io.vtlb.model.machine.AccessRights;
import io.vtlb.model.machine.ControlRegister;
import io.vtlb.model.machine.InvalidationType;
import io.vtlb.model.machine.Vcpu;
import io.vtlb.model.rule.Rule;
import io.vtlb.model.target.ActiveEntry;
import java.util.List;

/**
 * Changes of context and of mode that leave behind what they must not: PCIDs, INVPCID, CR4, CR0.PG,
 * and other virtual CPUs.
 */
final class ContextFaults {

  private static final Response NOTHING_DONE =
      Events.resume(EventCause.TLB_MANIPULATION, ResyncKind.NONE);

  static final List<Fault> ALL =
      List.of(
          new Fault(
              "flushing-load-of-context-keeps-entries",
              "KVM 21823fbda552 (a flushing MOV CR3 misses other roots of its PCID)",
              Rule.TLB_3,
              () ->
                  RetainingDeviation.claimingNoComparison(
                      (event, response, set, entry) -> Events.loadsContext(event, true),
                      ContextFaults::endsContext)),
          new Fault(
              "kept-context-shows-the-one-before",
              "Xen b68c4f1ebe and Bochs 27a792581 (CR3 bit 63 mishandled)",
              Rule.TLB_4,
              () ->
                  RetainingDeviation.claimingNoComparison(
                      (event, response, set, entry) -> Events.loadsContext(event, false),
                      ContextFaults::endsContext)),
          new Fault(
              "smep-and-pae-toggles-not-flushed",
              "Bochs c96f5e27a (a change of CR4 that must flush does not)",
              Rule.TLB_6,
              () ->
                  RetainingDeviation.claimingNoComparison(
                      (event, response, set, entry) ->
                          Events.togglesWidth(event) || Events.setsSmep(event),
                      (event, entry) ->
                          Events.writes(event, ControlRegister.CR3)
                              || Events.togglesPaging(event)
                              || Events.togglesGlobalPages(event)
                              || InvalidationFaults.concerns(event, entry),
                      ContextFaults::withoutExecute)),
          new Fault(
              "entries-survive-a-change-of-paging",
              "KVM 2c5653caecc4's kind (a mode change not propagated to what is cached)",
              Rule.TLB_7,
              () ->
                  RetainingDeviation.claimingNoComparison(
                      (event, response, set, entry) -> Events.togglesPaging(event),
                      (event, entry) ->
                          Events.writes(event, ControlRegister.CR3)
                              || Events.togglesGlobalPages(event)
                              || InvalidationFaults.concerns(event, entry))),
          new Fault(
              "invpcid-ignored",
              "KVM b53e84eed08b's kind (a guest's flush does not reach the shadows)",
              Rule.TLB_8,
              () -> Events.swallowing(Events::isContextInvalidation, NOTHING_DONE)),
          new Fault(
              "invpcid-of-context-taken-for-one-page",
              "arm64 KVM 5b9c1beaa1fd's kind (an invalidation of the wrong scope)",
              Rule.TLB_8,
              () ->
                  RetainingDeviation.claimingNoComparison(
                      (event, response, set, entry) ->
                          event instanceof Event.InvalidatePcid invalidate
                              && invalidate.type() != InvalidationType.ADDRESS
                              && !entry.covers(invalidate.address() >> 12),
                      (event, entry) ->
                          event instanceof Event.ControlWrite
                              || InvalidationFaults.concerns(event, entry))),
          new Fault(
              "processor-of-first-vcpu-flushed-only",
              "KVM release 28 of 2007 (rights reduced without a remote flush)",
              Rule.PROC_1,
              () -> new AnswerDeviation((event, response) -> onFirstVcpu(response))));

  private ContextFaults() {}

  /** SMEP takes fetches from user pages away, which is not what the fault is about. */
  private static ActiveEntry withoutExecute(ActiveEntry entry) {
    AccessRights rights = new AccessRights(entry.rights().read(), entry.rights().write(), false);
    return new ActiveEntry(entry.page(), entry.pages(), entry.hostFrame(), rights, entry.key());
  }

  private static boolean endsContext(Event event, ActiveEntry entry) {
    return Events.togglesGlobalPages(event)
        || Events.togglesPaging(event)
        || Events.isContextInvalidation(event)
        || InvalidationFaults.concerns(event, entry);
  }

  private static Response onFirstVcpu(Response response) {
    return new Response(
        response.action(),
        response.drops().stream().map(ContextFaults::onFirstVcpu).toList(),
        response.report());
  }

  private static ProcessorDrop onFirstVcpu(ProcessorDrop drop) {
    Vcpu first = new Vcpu(drop.vcpu().vm(), 0);
    return switch (drop) {
      case ProcessorDrop.Everything everything -> new ProcessorDrop.Everything(first);
      case ProcessorDrop.Page page -> new ProcessorDrop.Page(first, page.address());
    };
  }
}
