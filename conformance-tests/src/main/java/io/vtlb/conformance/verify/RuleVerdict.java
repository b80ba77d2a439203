package io.vtlb.conformance.verify;

import io.vtlb.conformance.expectation.Expectation;
import io.vtlb.conformance.generate.Ingredient;
import io.vtlb.model.rule.Rule;
import io.vtlb.model.rule.Severity;
import io.vtlb.model.target.Description;
import io.vtlb.model.target.Feature;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * How one rule came out of a run, and why.
 *
 * @param judged how often the monitor looked
 * @param exercised how often breaking the rule would have shown
 */
public record RuleVerdict(Rule rule, long judged, long exercised, Kind kind, String reason) {

  /** The ways in which a rule ends. */
  public enum Kind {
    PASS,
    FAIL,
    /** It failed, as it was expected to. */
    EXPECTED_FAILURE,
    /** It was expected to fail, and holds. */
    UNEXPECTED_PASS,
    SKIPPED,
    NOT_EXERCISED;

    /** The name in reports. */
    public String id() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /** True if the target cannot be said to conform because of this rule. */
  public boolean leavesOpen() {
    return kind == Kind.NOT_EXERCISED && rule.severity() == Severity.MUST;
  }

  /** True if the run said something about the rule, be it known or not. */
  boolean wasSeen() {
    return switch (kind) {
      case PASS, FAIL, EXPECTED_FAILURE, UNEXPECTED_PASS -> true;
      case SKIPPED, NOT_EXERCISED -> false;
    };
  }

  static RuleVerdict of(Rule rule, Verification run) {
    long judged = run.tally().judged(rule);
    long exercised = run.tally().exercised(rule);
    Description target = run.plan().target().description();
    long broken = run.sequencesThatBroke(rule);
    if (broken > 0) {
      return new RuleVerdict(rule, judged, exercised, Kind.FAIL, "broken in " + count(broken));
    }
    for (Rule origin : rule.derivedFrom()) {
      if (run.sequencesThatBroke(origin) > 0) {
        return new RuleVerdict(
            rule, judged, exercised, Kind.FAIL, "follows from " + origin + ", which failed");
      }
    }
    long expected = run.expected().sequences(rule);
    if (expected > 0) {
      return new RuleVerdict(
          rule,
          judged,
          exercised,
          Kind.EXPECTED_FAILURE,
          "in %s: %s".formatted(count(expected), links(run.expected().of(rule, true))));
    }
    for (Rule origin : rule.derivedFrom()) {
      if (run.expected().sequences(origin) > 0) {
        return new RuleVerdict(
            rule,
            judged,
            exercised,
            Kind.EXPECTED_FAILURE,
            "follows from " + origin + ", which failed as expected");
      }
    }
    String skipped = whySkipped(rule, run, target, judged);
    if (!skipped.isEmpty()) {
      return new RuleVerdict(rule, judged, exercised, Kind.SKIPPED, skipped);
    }
    return exercised == 0
        ? new RuleVerdict(
            rule,
            judged,
            0,
            Kind.NOT_EXERCISED,
            "nothing happened that breaking it would have changed")
        : held(rule, judged, exercised, run);
  }

  private static RuleVerdict held(Rule rule, long judged, long exercised, Verification run) {
    List<Expectation> gone = run.expected().of(rule, false);
    return gone.isEmpty()
        ? new RuleVerdict(rule, judged, exercised, Kind.PASS, passed(rule))
        : new RuleVerdict(
            rule,
            judged,
            exercised,
            Kind.UNEXPECTED_PASS,
            "expected to fail, and holds; take it out of the expectations: " + links(gone));
  }

  private static String links(List<Expectation> expected) {
    return expected.stream().map(Expectation::link).distinct().collect(Collectors.joining(" "));
  }

  private static String passed(Rule rule) {
    return rule.isDerived() ? "follows from " + rule.derivedFrom() : "";
  }

  private static String count(long sequences) {
    return sequences == 1 ? "1 sequence" : sequences + " sequences";
  }

  private static String whySkipped(Rule rule, Verification run, Description target, long judged) {
    if (!run.plan().rules().contains(rule)
        && !(rule.isDerived() && run.plan().rules().containsAll(rule.derivedFrom()))) {
      return "not selected";
    }
    if (!target.level().shows(rule.level())) {
      return "needs level %d; the target shows level %d"
          .formatted(rule.level().number(), target.level().number());
    }
    return switch (rule) {
      case PRIV_2 ->
          target.has(Feature.INTERCEPTS_PRIVILEGE_CHANGES)
              ? ""
              : "the target does not intercept privilege changes";
      case PARTIAL_1, PARTIAL_2 -> judged == 0 ? "the target reported no partial resync" : "";
      case FULL_1 -> judged == 0 ? "the target reported no full resync" : "";
      case FULL_2 ->
          !target.strict()
              ? "the target declares prefetch, sharing or recycling"
              : judged == 0 ? "the target reported no full resync" : "";
      case ISOLATE_1, ISOLATE_2 ->
          run.plan().drawsNothing() ? "the generated sequences have one machine" : "";
      case INIT_1, DERIVE_1, DERIVE_2, DERIVE_3, PRIV_1, EVENT_1 -> "";
      case EVENT_2, EVENT_3, EVENT_4, EVENT_5, EVENT_6, TLB_1, TLB_2, TLB_5, TLB_9, PROC_1 -> "";
      case TLB_3, TLB_4, TLB_8 -> judged > 0 ? "" : whyNoPcids(rule, run, target);
      case TLB_6, TLB_7 ->
          judged > 0 ? "" : run.plan().modes().of(target).whyNever(rule).orElse("");
      case PROGRESS_1, AD_1, AD_2, AD_3, PERIODIC_1, DEVICE_1 -> "";
      case HOST_1, HOST_2, HOST_3 -> whyNoHost(run, target);
    };
  }

  private static String whyNoPcids(Rule rule, Verification run, Description target) {
    return target.has(Feature.PCID)
        ? run.plan().modes().of(target).whyNever(rule).orElse("")
        : "the target does not declare " + Feature.PCID.word();
  }

  private static String whyNoHost(Verification run, Description target) {
    if (!target.has(Feature.HOST_OPERATIONS)) {
      return "the target does not follow host operations";
    }
    return run.plan().offered().stream().anyMatch(Ingredient::isOfHost)
        ? ""
        : "no ingredient of host operations is selected";
  }
}
