package io.vtlb.conformance.fault;

import io.vtlb.model.event.Event;
import io.vtlb.model.event.EventCause;
import io.vtlb.model.event.ResyncKind;
import io.vtlb.model.machine.ControlRegister;
import io.vtlb.model.rule.Rule;
import java.util.List;

/** Partial and full resyncs that do less, or more, than they are for. */
final class ResyncFaults {

  static final List<Fault> ALL =
      List.of(
          new Fault(
              "structures-start-in-use",
              "KVM CVE-2026-80726's kind (a page of the structure is reused as it was)",
              Rule.INIT_1,
              EntryDeviation::startsInUse),
          new Fault(
              "write-right-never-resynchronised",
              "KVM d28c6cfbbc5e (two guest entries with different rights share one entry)",
              Rule.PARTIAL_1,
              () ->
                  EntryDeviation.neverWritable(response ->
                      response.reporting(EventCause.INCONSISTENCY, ResyncKind.PARTIAL))),
          new Fault(
              "partial-resync-drops-neighbours",
              "KVM fce0657ff9f1's kind (a resync reaches more than the entries of its event)",
              Rule.PARTIAL_2,
              () ->
                  new HidingDeviation((event, entry) ->
                      event instanceof Event.PageFault fault
                          && !entry.covers(fault.access().page()))),
          new Fault(
              "full-resync-skipped-when-protection-is-lifted",
              "KVM 0e0fee5c539b's kind (guest and shadow apart, and no resync repairs it)",
              Rule.FULL_1,
              () ->
                  new RetainingDeviation(
                      (event, response, set, entry) -> Events.liftsWriteProtection(event),
                      (event, entry) ->
                          event instanceof Event.ControlWrite
                              || InvalidationFaults.concerns(event, entry))),
          new Fault(
              "full-resync-drops-what-matched",
              "denies claims 6, 19 and 30",
              Rule.FULL_2,
              () ->
                  new HidingDeviation(
                      (event, entry) -> Events.writes(event, ControlRegister.CR4))));

  private ResyncFaults() {}
}
