package io.vtlb.conformance.junit;

import io.vtlb.conformance.verify.VerificationPlan;
import io.vtlb.model.rule.Rule;
import io.vtlb.model.target.Description;
import io.vtlb.model.target.Feature;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * What is asked of the target.
 *
 * @param declared what it has to declare, if that was said
 * @param rules the rules that get a test
 * @param known how it may fail for now
 */
record Demands(Optional<Set<Feature>> declared, Set<Rule> rules, KnownFailures known) {

  static final Demands USUAL =
      new Demands(Optional.empty(), VerificationPlan.everyRule(), KnownFailures.NONE);

  Demands declared(Set<Feature> other) {
    return new Demands(Optional.of(other), rules, known);
  }

  Demands rules(Set<Rule> other) {
    return new Demands(declared, other, known);
  }

  Demands known(KnownFailures other) {
    return new Demands(declared, rules, other);
  }

  /** The rules to judge; a derived rule stands for those that it follows from. */
  Set<Rule> judged() {
    Set<Rule> judged = EnumSet.copyOf(rules);
    rules.forEach(rule -> judged.addAll(rule.derivedFrom()));
    return judged;
  }

  /** What a target declares otherwise, in words. */
  Optional<String> misfit(Description target) {
    return declared
        .filter(features -> !features.equals(target.features()))
        .map(features ->
            "declares %s, but the test expects %s: not declared %s, not expected %s"
                .formatted(
                    target.features(),
                    features,
                    without(features, target.features()),
                    without(target.features(), features)));
  }

  private static Set<Feature> without(Set<Feature> features, Set<Feature> others) {
    Set<Feature> left = EnumSet.noneOf(Feature.class);
    left.addAll(features);
    left.removeAll(others);
    return left;
  }
}
