package io.vtlb.conformance.run;

import io.vtlb.model.event.Event;
import io.vtlb.model.event.Response;
import io.vtlb.model.target.ObservationLevel;

/**
 * Watches whether a target that declares that it reports does so at all (docs/adr/0020).
 *
 * <p>Once it has reported, an event that it does not classify is a matter of EVENT-1; so is one
 * that it may take for none of its business, such as a write to a control register.
 */
final class ReportDuty {

  private final ObservationLevel level;
  private boolean open;

  ReportDuty(ObservationLevel level) {
    this.level = level;
    this.open = level == ObservationLevel.SELF_REPORTING;
  }

  /** Ends the run if the first page fault comes before any report, and without one. */
  void judge(Event event, Response response) {
    if (open && response.report().isEmpty() && event instanceof Event.PageFault) {
      throw new TargetFailure(
          Misbehaviour.declaredFalsely(
              Misbehaviour.Kind.NO_REPORT,
              "level " + level.number(),
              "the target declares level %d, but its answer to %s has no report"
                  .formatted(level.number(), event)));
    }
    open &= response.report().isEmpty();
  }
}
