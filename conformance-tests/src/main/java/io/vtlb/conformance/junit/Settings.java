package io.vtlb.conformance.junit;

import io.vtlb.conformance.generate.Ingredient;
import io.vtlb.conformance.generate.ModeChoice;
import io.vtlb.conformance.run.TargetSource;
import io.vtlb.conformance.verify.Strategy;
import io.vtlb.conformance.verify.VerificationPlan;
import io.vtlb.model.machine.Paging;
import io.vtlb.model.rule.Rule;
import io.vtlb.model.target.Description;
import io.vtlb.model.target.Feature;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The options of {@link Conformance}.
 *
 * @param expected what the target has to declare, if that was said
 * @param rules the rules that get a test
 * @param traces the folder that traces are written below
 */
record Settings(
    Optional<Set<Feature>> expected,
    ModeChoice mode,
    Strategy strategy,
    long sequences,
    long seed,
    int length,
    int jobs,
    Set<Rule> rules,
    Set<Ingredient> ingredients,
    Path traces) {

  static final Settings USUAL =
      new Settings(
          Optional.empty(),
          ModeChoice.MIXED,
          Strategy.ALL,
          10_000,
          1,
          40,
          Runtime.getRuntime().availableProcessors(),
          VerificationPlan.everyRule(),
          Ingredient.all(),
          buildFolder().resolve("vtlb"));

  private static Path buildFolder() {
    Path gradles = Path.of("build");
    Path mavens = Path.of("target");
    return Files.isDirectory(gradles) && !Files.isDirectory(mavens) ? gradles : mavens;
  }

  Settings expecting(Optional<Set<Feature>> features) {
    return new Settings(
        features, mode, strategy, sequences, seed, length, jobs, rules, ingredients, traces);
  }

  Settings mode(ModeChoice other) {
    return new Settings(
        expected, other, strategy, sequences, seed, length, jobs, rules, ingredients, traces);
  }

  Settings strategy(Strategy other) {
    return new Settings(
        expected, mode, other, sequences, seed, length, jobs, rules, ingredients, traces);
  }

  Settings sequences(long other) {
    return new Settings(
        expected, mode, strategy, other, seed, length, jobs, rules, ingredients, traces);
  }

  Settings seed(long other) {
    return new Settings(
        expected, mode, strategy, sequences, other, length, jobs, rules, ingredients, traces);
  }

  Settings length(int other) {
    return new Settings(
        expected, mode, strategy, sequences, seed, other, jobs, rules, ingredients, traces);
  }

  Settings jobs(int other) {
    return new Settings(
        expected, mode, strategy, sequences, seed, length, other, rules, ingredients, traces);
  }

  Settings rules(Set<Rule> other) {
    return new Settings(
        expected, mode, strategy, sequences, seed, length, jobs, other, ingredients, traces);
  }

  Settings ingredients(Set<Ingredient> other) {
    return new Settings(
        expected, mode, strategy, sequences, seed, length, jobs, rules, other, traces);
  }

  Settings traces(Path other) {
    return new Settings(
        expected, mode, strategy, sequences, seed, length, jobs, rules, ingredients, other);
  }

  /** The rules to judge; a derived rule stands for those that it follows from. */
  Set<Rule> judged() {
    Set<Rule> judged = EnumSet.copyOf(rules);
    rules.forEach(rule -> judged.addAll(rule.derivedFrom()));
    return judged;
  }

  /** What a target says about itself that does not go with these options, in words. */
  Optional<String> misfit(Description target) {
    if (!mode.fits(target)) {
      String served = target.modes().stream().map(Paging::word).collect(Collectors.joining(", "));
      return Optional.of(
          "serves %s; give another mode than %s, or mixed for all of them"
              .formatted(served, mode.word()));
    }
    return expected
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

  VerificationPlan plan(TargetSource target) {
    return new VerificationPlan(
        target,
        strategy.scenarios(target.description(), mode),
        seed,
        strategy.draws() ? sequences : 0,
        Optional.empty(),
        length,
        mode,
        ingredients,
        judged(),
        jobs,
        VerificationPlan.USUAL_FAILURES);
  }

  /** What decides the run, in words. */
  String words() {
    return "mode %s, strategy %s, seed %d, %d sequences of %d operations"
        .formatted(mode.word(), strategy.word(), seed, strategy.draws() ? sequences : 0, length);
  }
}
