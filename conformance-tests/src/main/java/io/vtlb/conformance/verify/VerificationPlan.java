package io.vtlb.conformance.verify;

import io.vtlb.conformance.generate.ModeChoice;
import io.vtlb.conformance.generate.SequenceGenerator;
import io.vtlb.conformance.target.TargetSource;
import io.vtlb.model.rule.Rule;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * What to verify, and how far.
 *
 * @param target makes the targets
 * @param seed decides the sequences
 * @param sequences how many sequences at most
 * @param time how long at most, checked between batches
 * @param length operations in each sequence
 * @param modes which paging modes the sequences are about
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
    Set<Rule> rules,
    int jobs,
    int mostFailures) {

  /** A run goes on to this many failing sequences, so that the rule most often broken shows. */
  public static final int USUAL_FAILURES = 25;

  public VerificationPlan {
    rules = Set.copyOf(rules);
  }

  /** Judges every rule. */
  public static Set<Rule> everyRule() {
    return EnumSet.allOf(Rule.class);
  }

  SequenceGenerator generator() {
    return SequenceGenerator.fitting(target.description(), seed, length, modes);
  }
}
