package io.vtlb.model.monitor;

import io.vtlb.model.event.Event;
import io.vtlb.model.event.EventCause;
import io.vtlb.model.event.Report;
import io.vtlb.model.event.Response.Action;
import io.vtlb.model.event.ResyncKind;
import io.vtlb.model.rule.Rule;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Judges what a self-reporting target says about an event (claims 3, 4, 8, 13, 16, 17 and 20). */
final class ReportJudge {

  /** What this judge may blame. */
  static final Set<Rule> RULES = Set.of(Rule.EVENT_1, Rule.EVENT_5, Rule.EVENT_6, Rule.PRIV_2);

  void judge(Step step, Findings findings) {
    judgePrivilege(step, findings);
    Optional<Report> report = step.response().report();
    if (report.isEmpty()) {
      findings.broken(
          Rule.EVENT_1,
          () -> step.event() + " was not classified, though the target declares that it reports");
      return;
    }
    EventCause cause = report.get().cause();
    Set<EventCause> right = Causes.of(step);
    judgeNothingDone(step, report.get(), findings);
    Rule rule = ruleFor(step);
    findings.tally().exercise(rule);
    if (!right.contains(cause) || !fits(cause, step.response().action())) {
      findings.broken(
          rule,
          () ->
              "%s was reported as %s and answered with %s; right causes: %s"
                  .formatted(step.event(), cause.word(), step.response().action(), words(right)));
    }
  }

  /** What another structure kept, which is shown from now on, was not added by the event. */
  private static void judgeNothingDone(Step step, Report report, Findings findings) {
    if (report.resync() == ResyncKind.NONE && step.keepsStructures()) {
      step.after()
          .addedOrWidened(step.before())
          .ifPresent(entry ->
              findings.broken(
                  Rule.EVENT_6, () -> "no resync was reported, but there is now " + entry));
    }
  }

  private static void judgePrivilege(Step step, Findings findings) {
    if (step.event() instanceof Event.PrivilegeChange
        && Causes.of(step).contains(EventCause.PRIVILEGE_CHANGE_WITHIN_SET)) {
      step.after()
          .addedOrWidened(step.before())
          .ifPresent(entry ->
              findings.broken(
                  Rule.PRIV_2,
                  () -> "a change inside one privilege set added or widened " + entry));
    }
  }

  private static Rule ruleFor(Step step) {
    return switch (step.event()) {
      case Event.PrivilegeChange change -> Rule.PRIV_2;
      case Event.PageFault fault -> Rule.EVENT_6;
      case Event.InvalidatePage invalidate -> Rule.EVENT_5;
      case Event.InvalidatePcid invalidate -> Rule.EVENT_5;
      case Event.ControlWrite write -> Causes.isManipulation(step) ? Rule.EVENT_5 : Rule.EVENT_6;
    };
  }

  private static String words(Set<EventCause> causes) {
    return causes.stream().map(EventCause::word).collect(Collectors.joining(" or "));
  }

  private static boolean fits(EventCause cause, Action action) {
    return switch (cause) {
      case GUEST_PAGE_FAULT -> action instanceof Action.InjectPageFault;
      case DEVICE_ACCESS -> action instanceof Action.DeviceAccess;
      case INCONSISTENCY ->
          action instanceof Action.Resume || action instanceof Action.StoreEmulated;
      case SPURIOUS -> action instanceof Action.Resume;
      case TLB_MANIPULATION, CONTROL_CHANGE -> true;
      case PRIVILEGE_SET_CHANGE, PRIVILEGE_CHANGE_WITHIN_SET -> true;
    };
  }
}
