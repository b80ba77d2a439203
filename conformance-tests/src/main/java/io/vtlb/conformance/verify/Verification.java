package io.vtlb.conformance.verify;

import io.vtlb.conformance.cell.CellSet;
import io.vtlb.model.monitor.Tally;
import io.vtlb.model.monitor.Violation;
import io.vtlb.model.rule.Rule;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a run found.
 *
 * @param sequences how many sequences count: all before the end, in the order of their numbers
 * @param operations how many operations were performed in them
 * @param tally how often each rule was judged and exercised
 * @param coverage the same for each ingredient
 * @param cells the cells that events fell into; none where the target shows no events
 * @param failures the sequences that broke a rule, in order
 * @param crash the sequence that ended the run, if the target failed
 */
public record Verification(
    VerificationPlan plan,
    long sequences,
    long operations,
    Tally tally,
    Coverage coverage,
    CellSet cells,
    List<Failure> failures,
    Optional<Crash> crash) {

  public Verification {
    failures = List.copyOf(failures);
  }

  /**
   * The first failure of each broken rule, the rule that most sequences broke first; of equally
   * frequent ones the one that was broken earlier.
   */
  public List<Failure> firstOfEachRule() {
    Map<Rule, Failure> first = new EnumMap<>(Rule.class);
    failures.forEach(failure -> first.putIfAbsent(failure.violation().rule(), failure));
    return first.values().stream()
        .sorted(
            Comparator.<Failure>comparingLong(
                    failure -> -sequencesThatBroke(failure.violation().rule()))
                .thenComparingLong(Failure::sequence))
        .toList();
  }

  /** How many sequences broke a rule. */
  public long sequencesThatBroke(Rule rule) {
    return failures.stream()
        .map(Failure::violation)
        .map(Violation::rule)
        .filter(rule::equals)
        .count();
  }
}
