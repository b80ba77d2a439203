package io.vtlb.conformance.verify;

import io.vtlb.conformance.expectation.Expectation;
import io.vtlb.conformance.generate.GeneratedSequence;
import io.vtlb.conformance.generate.Ingredient;
import io.vtlb.conformance.generate.LimitedProcessor;
import io.vtlb.conformance.generate.ModeChoice;
import io.vtlb.conformance.generate.SequenceGenerator;
import io.vtlb.conformance.run.TargetSource;
import io.vtlb.model.rule.Rule;
import io.vtlb.model.trace.Sequence;
import io.vtlb.specs.generate.Embedding;
import io.vtlb.specs.generate.Scenario;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What to verify, and how far.
 *
 * @param target makes the targets
 * @param seed decides the sequences
 * @param scenarios the generated sequences that come first
 * @param sequences how many random sequences follow at most
 * @param time how long at most, checked between batches
 * @param length operations in each sequence
 * @param modes which paging modes the sequences are about
 * @param ingredients the shapes that sequences may be made with
 * @param rules the rules to judge
 * @param jobs threads
 * @param mostFailures ends the run after this many failing sequences
 * @param restarts how often a target that fails is started again before the run ends
 * @param expected failures that are known
 */
public record VerificationPlan(
    TargetSource target,
    List<Scenario> scenarios,
    long seed,
    long sequences,
    Optional<Duration> time,
    int length,
    ModeChoice modes,
    Set<Ingredient> ingredients,
    Set<Rule> rules,
    int jobs,
    int mostFailures,
    int restarts,
    List<Expectation> expected) {

  /** How often a target that fails is started again, unless one says otherwise. */
  public static final int USUAL_RESTARTS = 3;

  /** A run goes on to this many failing sequences, so that the rule most often broken shows. */
  public static final int USUAL_FAILURES = 25;

  public VerificationPlan {
    scenarios = List.copyOf(scenarios);
    ingredients = Set.copyOf(ingredients);
    rules = Set.copyOf(rules);
    expected = List.copyOf(expected);
  }

  /** A plan of random sequences with every ingredient. */
  public VerificationPlan(
      TargetSource target,
      long seed,
      long sequences,
      Optional<Duration> time,
      int length,
      ModeChoice modes,
      Set<Rule> rules,
      int jobs,
      int mostFailures) {
    this(
        target,
        List.of(),
        seed,
        sequences,
        time,
        length,
        modes,
        Ingredient.all(),
        rules,
        jobs,
        mostFailures);
  }

  /** A plan for a target that is started again as often as usual. */
  public VerificationPlan(
      TargetSource target,
      List<Scenario> scenarios,
      long seed,
      long sequences,
      Optional<Duration> time,
      int length,
      ModeChoice modes,
      Set<Ingredient> ingredients,
      Set<Rule> rules,
      int jobs,
      int mostFailures) {
    this(
        target,
        scenarios,
        seed,
        sequences,
        time,
        length,
        modes,
        ingredients,
        rules,
        jobs,
        mostFailures,
        USUAL_RESTARTS,
        List.of());
  }

  /** The same plan, with another number of restarts. */
  public VerificationPlan restarting(int times) {
    return new VerificationPlan(
        target,
        scenarios,
        seed,
        sequences,
        time,
        length,
        modes,
        ingredients,
        rules,
        jobs,
        mostFailures,
        times,
        expected);
  }

  /** The same plan, with failures that are known. */
  public VerificationPlan expecting(List<Expectation> known) {
    return new VerificationPlan(
        target,
        scenarios,
        seed,
        sequences,
        time,
        length,
        modes,
        ingredients,
        rules,
        jobs,
        mostFailures,
        restarts,
        known);
  }

  /** Judges every rule. */
  public static Set<Rule> everyRule() {
    return EnumSet.allOf(Rule.class);
  }

  /** The ingredients that sequences for this target can have, in the order of reports. */
  public List<Ingredient> offered() {
    return Stream.of(Ingredient.values())
        .filter(ingredients::contains)
        .filter(one -> one.fits(target.description().features()))
        .toList();
  }

  /** How many sequences there are at most, of both kinds. */
  public long total() {
    return sequences > Long.MAX_VALUE - scenarios.size()
        ? Long.MAX_VALUE
        : scenarios.size() + sequences;
  }

  /** True if no sequence is drawn at random. */
  boolean drawsNothing() {
    return sequences == 0;
  }

  /** True if a sequence, by its number in the run, is a generated one. */
  private boolean isScenario(long number) {
    return number < scenarios.size();
  }

  /** Where a sequence of the run comes from, so that it can be found again. */
  public String origin(long number) {
    return isScenario(number)
        ? "generated sequence %s, %s"
            .formatted(
                scenarios.get((int) number).goal().words(), scenarios.get((int) number).world())
        : "sequence %d of seed %d".formatted(number - scenarios.size(), seed);
  }

  /** A sequence of the run, by its number. */
  public Sequence sequence(long number) {
    return generated(generator(), number).sequence();
  }

  /** The first operations of a sequence of the run. */
  Sequence until(long number, int operations) {
    Sequence sequence = sequence(number);
    return sequence.with(sequence.operations().subList(0, operations));
  }

  /** The same with its ingredients, by this plan's own generator. */
  GeneratedSequence generated(SequenceGenerator generator, long number) {
    return isScenario(number)
        ? new GeneratedSequence(embedded(scenarios.get((int) number)), Set.of())
        : generator.generated(number - scenarios.size());
  }

  private Sequence embedded(Scenario scenario) {
    return LimitedProcessor.of(Embedding.of(scenario), target.description());
  }

  SequenceGenerator generator() {
    return SequenceGenerator.fitting(target.description(), seed, length, modes, ingredients);
  }
}
