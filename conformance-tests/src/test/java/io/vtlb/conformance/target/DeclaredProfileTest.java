package io.vtlb.conformance.target;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vtlb.conformance.generate.Ingredient;
import io.vtlb.conformance.generate.ModeChoice;
import io.vtlb.conformance.generate.SequenceGenerator;
import io.vtlb.conformance.run.TargetSource;
import io.vtlb.conformance.verify.Needs;
import io.vtlb.conformance.verify.Progress;
import io.vtlb.conformance.verify.RuleVerdict;
import io.vtlb.conformance.verify.Strategy;
import io.vtlb.conformance.verify.Verdict;
import io.vtlb.conformance.verify.Verification;
import io.vtlb.conformance.verify.VerificationPlan;
import io.vtlb.conformance.verify.Verifier;
import io.vtlb.model.machine.Paging;
import io.vtlb.model.operation.GuestOperation;
import io.vtlb.model.rule.Rule;
import io.vtlb.model.target.Description;
import io.vtlb.model.target.Feature;
import io.vtlb.model.target.ObservationLevel;
import io.vtlb.model.trace.Sequence;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A target is never asked for a mode that it does not serve, or for what it does not declare. */
class DeclaredProfileTest {

  private static final long SEQUENCES = 300;
  private static final Set<Paging> EVERY_MODE = EnumSet.allOf(Paging.class);
  private static final Set<Feature> GUESTS = EnumSet.of(Feature.SEVERAL_VCPUS, Feature.PCID);

  private static Set<Paging> modes(String words) {
    return Arrays.stream(words.split(", "))
        .map(word -> Paging.ofWord(word).orElseThrow())
        .collect(Collectors.toCollection(() -> EnumSet.noneOf(Paging.class)));
  }

  private static Verification run(Set<Paging> modes, Set<Feature> without) {
    Verification run = Trials.run(() -> new PickyVmm(modes, without), SEQUENCES);
    assertEquals(List.of(), run.crashes());
    assertEquals(List.of(), run.failures());
    return run;
  }

  private static RuleVerdict verdict(Verification run, Rule rule) {
    return Verdict.of(run).rules().stream()
        .filter(one -> one.rule() == rule)
        .findFirst()
        .orElseThrow();
  }

  private static void assertSkipped(String reason, Verification run, Rule rule) {
    assertEquals(RuleVerdict.Kind.SKIPPED, verdict(run, rule).kind());
    assertEquals(reason, verdict(run, rule).reason());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "32-bit",
        "4-level",
        "5-level",
        "32-bit, PAE",
        "none, 32-bit",
        "none, 5-level",
        "none, PAE, 5-level",
        "32-bit, PAE, 4-level, 5-level",
        "none, 32-bit, PAE, 4-level"
      })
  void onlyServedModesOccur(String words) {
    Set<Paging> modes = modes(words);
    Verification run = run(modes, GUESTS);
    for (Rule rule : List.of(Rule.TLB_3, Rule.TLB_4, Rule.TLB_8)) {
      assertSkipped("the target does not declare pcid", run, rule);
    }
    boolean changes = modes.contains(Paging.NONE);
    assertEquals(changes, verdict(run, Rule.TLB_7).exercised() > 0);
    Verdict verdict = Verdict.of(run);
    assertEquals(Verdict.Kind.CONFORMS, verdict.kind(), verdict.reason());
  }

  @Test
  void noPagingAloneIsServedToo() {
    run(EnumSet.of(Paging.NONE), Set.of());
  }

  @Test
  void rulesThatNeedAModeAreSkipped() {
    Verification run = run(modes("32-bit, PAE"), Set.of());
    assertSkipped("there are no PCIDs in modes 32-bit, PAE", run, Rule.TLB_3);
    assertSkipped("paging stays as it is in modes 32-bit, PAE", run, Rule.TLB_7);
    assertTrue(verdict(run, Rule.TLB_8).exercised() > 0);
  }

  @ParameterizedTest
  @EnumSource(names = {"SEVERAL_VCPUS", "PCID", "INTERCEPTS_PRIVILEGE_CHANGES"})
  void whatIsNotDeclaredDoesNotOccur(Feature left) {
    Verdict verdict = Verdict.of(run(EVERY_MODE, EnumSet.of(left)));
    assertEquals(Verdict.Kind.CONFORMS, verdict.kind(), verdict.reason());
  }

  @ParameterizedTest
  @EnumSource
  void everySequenceFitsWhatIsDeclared(Feature left) {
    for (String words : List.of("32-bit", "none, 5-level", "none, 32-bit, PAE, 4-level, 5-level")) {
      Description target = declaring(words, EnumSet.complementOf(EnumSet.of(left)));
      SequenceGenerator generator = SequenceGenerator.fitting(target, 2, 40, ModeChoice.MIXED);
      for (long number = 0; number < SEQUENCES; number++) {
        assertEquals(List.of(), Needs.of(generator.sequence(number)).lacking(target));
      }
    }
  }

  private static Description declaring(String modes, Set<Feature> features) {
    return new Description("any", "", ObservationLevel.SELF_REPORTING, modes(modes), features);
  }

  @Test
  void whoMayHandOverSpuriousFaultsIsAskedAboutProcessorsThatDo() {
    SequenceGenerator generator =
        SequenceGenerator.fitting(
            declaring("4-level", EnumSet.of(Feature.SPURIOUS_FAULTS)), 2, 1, ModeChoice.MIXED);
    SequenceGenerator others =
        SequenceGenerator.fitting(
            declaring("4-level", EnumSet.noneOf(Feature.class)), 2, 1, ModeChoice.MIXED);
    int without = 0;
    for (long number = 0; number < SEQUENCES; number++) {
      assertTrue(generator.sequence(number).world().profile().spuriousFaults());
      without += others.sequence(number).world().profile().spuriousFaults() ? 0 : 1;
    }
    assertTrue(without > 0);
  }

  @Test
  void theGeneratedSetLeavesOutWhatNeedsMore() {
    Set<Paging> modes = modes("4-level");
    TargetSource source =
        TargetSource.inProcess(
            "picky", new PickyVmm(modes, GUESTS).describe(), () -> new PickyVmm(modes, GUESTS));
    int all =
        Strategy.SMT
            .scenarios(new PickyVmm(EVERY_MODE, Set.of()).describe(), ModeChoice.FOUR_LEVEL)
            .size();
    VerificationPlan plan =
        new VerificationPlan(
            source,
            Strategy.SMT.scenarios(source.description(), ModeChoice.MIXED),
            1,
            0,
            Optional.empty(),
            40,
            ModeChoice.MIXED,
            Ingredient.all(),
            VerificationPlan.everyRule(),
            2,
            VerificationPlan.USUAL_FAILURES);
    assertTrue(
        plan.scenarios().size() > 500 && plan.scenarios().size() < all,
        plan.scenarios().size() + " of " + all);
    Verification run = Verifier.verify(plan, Progress.NONE);
    assertEquals(List.of(), run.crashes());
    assertEquals(List.of(), run.failures());
  }

  @Test
  void needsAreToldInWords() {
    SequenceGenerator generator =
        SequenceGenerator.fitting(
            declaring("none, 32-bit, PAE, 4-level, 5-level", EnumSet.allOf(Feature.class)),
            2,
            40,
            ModeChoice.MIXED);
    Description little = declaring("PAE", EnumSet.noneOf(Feature.class));
    Set<String> told = new TreeSet<>();
    for (long number = 0; number < SEQUENCES; number++) {
      told.addAll(Needs.of(generator.sequence(number)).lacking(little));
    }
    assertEquals(
        Set.of(
            "several-vcpus",
            "pcid",
            "foreign-stores",
            "host-operations",
            "interleaving",
            "mode none",
            "mode 32-bit",
            "mode 4-level",
            "mode 5-level"),
        told);
  }

  @Test
  void invpcidIsNotEvenTriedWherePcidsAreNotDeclared() {
    SequenceGenerator generator =
        SequenceGenerator.fitting(
            declaring("4-level", EnumSet.of(Feature.SEVERAL_VCPUS)), 2, 40, ModeChoice.MIXED);
    for (long number = 0; number < SEQUENCES; number++) {
      Sequence sequence = generator.sequence(number);
      assertFalse(
          sequence.operations().stream().anyMatch(GuestOperation.InvalidatePcid.class::isInstance));
    }
  }
}
