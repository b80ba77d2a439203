package io.vtlb.conformance.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vtlb.conformance.expectation.Expectation;
import io.vtlb.conformance.expectation.FailureSignature;
import io.vtlb.model.monitor.Violation;
import io.vtlb.model.rule.Rule;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Known failures do not fail a run, others do, and what no longer fails is told. */
class ExpectedFailuresTest {

  private static final String LINK = "https://example.org/17";

  private static VerificationPlan plan(Expectation... expected) {
    return Plans.named("fault:invlpg-ignored", 1, 150).expecting(List.of(expected));
  }

  private static Expectation anyOf(Rule rule) {
    return new Expectation(rule, Optional.empty(), LINK);
  }

  private static RuleVerdict of(Verdict verdict, Rule rule) {
    return verdict.rules().stream().filter(one -> one.rule() == rule).findFirst().orElseThrow();
  }

  @Test
  void aKnownFailureDoesNotFailTheRun() {
    Verification unexpected = Plans.run(plan());
    assertEquals(Verdict.Kind.FAILS, Verdict.of(unexpected).kind());
    Expectation[] known =
        unexpected.firstOfEachRule().stream()
            .map(failure -> anyOf(failure.violation().rule()))
            .toArray(Expectation[]::new);

    Verification run = Plans.run(plan(known));
    assertEquals(150, run.sequences(), "known failures do not end the run");
    assertEquals(List.of(), run.failures());
    Verdict verdict = Verdict.of(run);
    assertNotEquals(Verdict.Kind.FAILS, verdict.kind());
    RuleVerdict rule = of(verdict, Rule.TLB_1);
    assertEquals(RuleVerdict.Kind.EXPECTED_FAILURE, rule.kind());
    assertTrue(rule.reason().contains(LINK), rule.reason());
    assertEquals(RuleVerdict.Kind.EXPECTED_FAILURE, of(verdict, Rule.PERIODIC_1).kind());
  }

  @Test
  void anotherRuleIsNotMeant() {
    Verification run = Plans.run(plan(anyOf(Rule.HOST_1)));
    assertEquals(Verdict.Kind.FAILS, Verdict.of(run).kind());
    assertEquals(RuleVerdict.Kind.FAIL, of(Verdict.of(run), Rule.TLB_1).kind());
  }

  @Test
  void anotherSignatureIsNotMeant() {
    Expectation other = new Expectation(Rule.TLB_1, Optional.of("00000000"), LINK);
    assertEquals(Verdict.Kind.FAILS, Verdict.of(Plans.run(plan(other))).kind());
  }

  @Test
  void whatNoLongerFailsIsTold() {
    VerificationPlan right =
        Plans.named("bundled", 1, 400).expecting(List.of(anyOf(Rule.DERIVE_1)));
    Verdict verdict = Verdict.of(Plans.run(right));
    assertNotEquals(Verdict.Kind.FAILS, verdict.kind());
    assertEquals(RuleVerdict.Kind.UNEXPECTED_PASS, of(verdict, Rule.DERIVE_1).kind());
  }

  @Test
  void anUpdateListsEachWayOnceAndForgetsWhatHolds() {
    Verification run = Plans.run(plan(anyOf(Rule.DERIVE_1)));
    List<Expectation> now = run.expected().updated(run, true, LINK);
    assertTrue(now.stream().noneMatch(one -> one.rule() == Rule.DERIVE_1), now.toString());
    for (Failure failure : run.failures()) {
      assertEquals(
          1, now.stream().filter(one -> one.covers(failure.violation())).count(), now.toString());
    }
    Verification again = Plans.run(plan(now.toArray(Expectation[]::new)));
    assertTrue(again.sequences() > run.sequences(), "it goes on where it had ended");
  }

  @Test
  void anUpdateByRuleNeedsNoOtherForTheSameRules() {
    Verification run = Plans.run(plan(anyOf(Rule.DERIVE_1)));
    List<Expectation> now = run.expected().updated(run, false, LINK);
    assertTrue(now.stream().allMatch(one -> one.signature().isEmpty()), now.toString());
    Verification again = Plans.run(plan(now.toArray(Expectation[]::new)));
    assertTrue(
        again.failures().stream()
            .noneMatch(
                one -> now.stream().anyMatch(known -> known.rule() == one.violation().rule())),
        now.toString());
  }

  @Test
  void aSignatureKnowsNoNumbers() {
    Violation one = new Violation(Rule.TLB_1, "vm0.cpu0: page 0x3ff -> host frame 0x100020 r-x");
    Violation same = new Violation(Rule.TLB_1, "vm0.cpu0: page 0x400 -> host frame 0x7 r-x");
    Violation other = new Violation(Rule.TLB_1, "vm0.cpu0: page 0x3ff -> host frame 0x100020 rwx");
    assertEquals(FailureSignature.of(one), FailureSignature.of(same));
    assertNotEquals(FailureSignature.of(one), FailureSignature.of(other));
  }
}
