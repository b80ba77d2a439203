package io.vtlb.conformance.verify;

import io.vtlb.conformance.generate.Ingredient;
import io.vtlb.conformance.generate.ModeChoice;
import io.vtlb.conformance.generate.SequenceGenerator;
import io.vtlb.conformance.target.TargetSource;
import io.vtlb.model.rule.Rule;
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
 * @param sequences how many sequences at most
 * @param time how long at most, checked between batches
 * @param length operations in each sequence
 * @param modes which paging modes the sequences are about
 * @param ingredients the shapes that sequences may be made with
 * @param rules the rules to judge
 * @param jobs threads
 * @param mostFailures ends the run after this many failing sequences
 */
public record VerificationPlan(
    TargetSource target,
    long seed,
    long sequences,
    Optional<Duration> time,
    int length,
    ModeChoice modes,
    Set<Ingredient> ingredients,
    Set<Rule> rules,
    int jobs,
    int mostFailures) {

  /** A run goes on to this many failing sequences, so that the rule most often broken shows. */
  public static final int USUAL_FAILURES = 25;

  public VerificationPlan {
    ingredients = Set.copyOf(ingredients);
    rules = Set.copyOf(rules);
  }

  /** A plan with every ingredient. */
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
    this(target, seed, sequences, time, length, modes, Ingredient.all(), rules, jobs, mostFailures);
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

  SequenceGenerator generator() {
    return SequenceGenerator.fitting(target.description(), seed, length, modes, ingredients);
  }
}
