package io.vtlb.conformance.junit;

import io.vtlb.conformance.run.TargetSource;
import io.vtlb.conformance.target.FailedTarget;
import io.vtlb.conformance.target.UnusableTarget;
import io.vtlb.conformance.verify.RuleVerdict;
import io.vtlb.conformance.verify.Verification;
import io.vtlb.model.rule.Rule;
import io.vtlb.model.target.Description;
import java.util.Comparator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

/** The tests that a run makes: each a name, and what to ask of the run. */
final class ConformanceTests {

  private final SharedRun shared;
  private final Settings settings;
  private final Explanation explanation;

  ConformanceTests(SharedRun shared, Settings settings) {
    this.shared = shared;
    this.settings = settings;
    this.explanation = new Explanation(shared, settings);
  }

  Stream<DynamicNode> all() {
    Stream<DynamicNode> ofTarget =
        Stream.of(
            DynamicTest.dynamicTest("the target describes itself", this::describes),
            DynamicTest.dynamicTest("the target never fails by itself", this::neverCrashes));
    Stream<DynamicNode> ofRules =
        settings.demands().rules().stream()
            .sorted(Comparator.naturalOrder())
            .map(rule -> DynamicTest.dynamicTest(name(rule), () -> holds(rule)));
    return Stream.concat(ofTarget, ofRules);
  }

  private static String name(Rule rule) {
    String claims = rule.claims().stream().map(String::valueOf).collect(Collectors.joining(", "));
    return "%s (%s) %s [%s %s]"
        .formatted(
            rule,
            rule.severity(),
            rule.statement(),
            rule.claims().size() == 1 ? "claim" : "claims",
            claims);
  }

  private void describes() {
    TargetSource target = shared.target();
    settings
        .misfit(target.description())
        .ifPresent(why -> {
          throw new AssertionFailedError(target.name() + " " + why);
        });
  }

  private void neverCrashes() {
    if (!run().crashes().isEmpty()) {
      throw new AssertionFailedError(explanation.ofCrashes());
    }
  }

  private void holds(Rule rule) {
    Verification run = run();
    RuleVerdict verdict = shared.verdict(rule);
    switch (verdict.kind()) {
      case PASS -> {}
      case FAIL -> throw new AssertionFailedError(explanation.of(verdict));
      case EXPECTED_FAILURE ->
          throw new TestAbortedException(rule + " fails as expected: " + verdict.reason());
      case UNEXPECTED_PASS ->
          throw new AssertionFailedError(
              "%s is expected to fail, and holds; %s"
                  .formatted(
                      rule, settings.demands().known().toTakeOut(run.expected().of(rule, false))));
      case SKIPPED -> throw new TestAbortedException(rule + ": " + verdict.reason());
      case NOT_EXERCISED -> notExercised(run, verdict);
    }
  }

  private void notExercised(Verification run, RuleVerdict verdict) {
    String never =
        "%s was never exercised: %s in %d sequences"
            .formatted(verdict.rule(), verdict.reason(), run.sequences());
    if (!verdict.leavesOpen()) {
      throw new TestAbortedException(never);
    }
    if (run.sequences() < run.plan().total()) {
      throw new TestAbortedException(never + ", where the run ended: mend what failed first");
    }
    throw new AssertionFailedError(
        never
            + "; nothing checked is not a pass: give more sequences, longer ones or mode mixed"
            + " (now: "
            + settings.generation().words()
            + ")");
  }

  /** The run, which there is none of if the target cannot be used; one test says so. */
  private Verification run() {
    try {
      Description target = shared.target().description();
      if (!settings.generation().mode().fits(target)) {
        throw new TestAbortedException(
            "not run: mode " + settings.generation().mode().word() + " is not served");
      }
    } catch (UnusableTarget | FailedTarget e) {
      throw new TestAbortedException("not run: " + e.getMessage());
    }
    return shared.run();
  }
}
