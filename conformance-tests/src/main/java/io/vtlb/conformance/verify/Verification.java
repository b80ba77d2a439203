package io.vtlb.conformance.verify;

import io.vtlb.conformance.cell.CellSet;
import io.vtlb.model.monitor.Tally;
import io.vtlb.model.monitor.Violation;
import io.vtlb.model.rule.Rule;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What a run found.
 *
 * @param sequences how many sequences count: all before the end, in the order of their numbers
 * @param operations how many operations were performed in them
 * @param tally how often each rule was judged and exercised
 * @param coverage the same for each ingredient
 * @param cells the cells that events fell into; none where the target shows no events
 * @param failures the sequences that broke a rule, in order, but for expected ones
 * @param crashes the sequences in which the target failed, in order
 * @param expected the failures that were expected, and how often they were seen
 */
public record Verification(
    VerificationPlan plan,
    long sequences,
    long operations,
    Tally tally,
    Coverage coverage,
    CellSet cells,
    List<Failure> failures,
    List<Crash> crashes,
    ExpectedFailures expected) {

  public Verification {
    failures = List.copyOf(failures);
    crashes = List.copyOf(crashes);
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

  /** The first failure of each way in which the target failed, in order. */
  public List<Crash> firstOfEachWay() {
    List<Crash> first = new ArrayList<>();
    for (Crash crash : crashes) {
      if (first.stream().noneMatch(one -> one.misbehaviour().sameAs(crash.misbehaviour()))) {
        first.add(crash);
      }
    }
    return first;
  }

  /** True if the run ended because the target failed too often. */
  public boolean endedByCrashes() {
    return crashes.size() > plan.restarts();
  }

  /** How often the target was started again after it had failed, for the run to go on. */
  public long restarts() {
    return crashes.stream().filter(crash -> crash.sequence() < sequences - 1).count();
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
