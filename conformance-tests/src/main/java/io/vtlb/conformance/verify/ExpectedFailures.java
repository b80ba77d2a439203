package io.vtlb.conformance.verify;

import io.vtlb.conformance.expectation.Expectation;
import io.vtlb.conformance.expectation.FailureSignature;
import io.vtlb.model.monitor.Violation;
import io.vtlb.model.rule.Rule;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The failures that were expected of a run, and how many sequences showed each. */
public final class ExpectedFailures {

  private final Map<Expectation, Long> seen = new LinkedHashMap<>();

  ExpectedFailures(List<Expectation> expected) {
    expected.forEach(one -> seen.put(one, 0L));
  }

  /** Counts a failure if it is an expected one. */
  boolean take(Violation violation) {
    Optional<Expectation> expected = closest(violation);
    expected.ifPresent(one -> seen.merge(one, 1L, Long::sum));
    return expected.isPresent();
  }

  /** One with a signature is meant before one without. */
  private Optional<Expectation> closest(Violation violation) {
    return seen.keySet().stream()
        .filter(one -> one.covers(violation))
        .min((one, other) ->
            Boolean.compare(one.signature().isEmpty(), other.signature().isEmpty()));
  }

  /** How many sequences broke a rule as expected. */
  public long sequences(Rule rule) {
    return seen.entrySet().stream()
        .filter(one -> one.getKey().rule() == rule)
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  /** Those for a rule that were seen, or were not. */
  public List<Expectation> of(Rule rule, boolean seenInRun) {
    return seen.entrySet().stream()
        .filter(one -> one.getKey().rule() == rule && one.getValue() > 0 == seenInRun)
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Every expectation, with how many sequences showed it. */
  public Map<Expectation, Long> all() {
    return new LinkedHashMap<>(seen);
  }

  /**
   * What to expect from now on: what was seen, what a run could not show, and each rule that other
   * sequences broke.
   *
   * @param bySignature true if it is not the rule that is expected to be broken, but each way in
   *     which it was
   * @param link where the new ones are tracked
   */
  public List<Expectation> updated(Verification run, boolean bySignature, String link) {
    List<Expectation> now = new ArrayList<>();
    seen.forEach((one, count) -> {
      if (count > 0 || run.tally().exercised(one.rule()) == 0) {
        now.add(one);
      }
    });
    for (Failure failure : run.failures()) {
      Violation violation = failure.violation();
      if (now.stream().noneMatch(one -> one.covers(violation))) {
        Optional<String> signature =
            bySignature ? Optional.of(FailureSignature.of(violation)) : Optional.empty();
        now.add(new Expectation(violation.rule(), signature, link));
      }
    }
    now.sort(
        Comparator.comparing(Expectation::rule).thenComparing(one -> one.signature().orElse("")));
    return now;
  }
}
