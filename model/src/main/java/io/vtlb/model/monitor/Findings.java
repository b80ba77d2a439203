package io.vtlb.model.monitor;

import io.vtlb.model.rule.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** What the judges found in one step, restricted to the rules that are judged at all. */
final class Findings {

  private final Set<Rule> rules;
  private final Tally tally;
  private final List<Violation> violations = new ArrayList<>(0);

  Findings(Set<Rule> rules, Tally tally) {
    this.rules = rules;
    this.tally = tally;
  }

  Tally tally() {
    return tally;
  }

  void broken(Rule rule, Supplier<String> reason) {
    if (!Monitor.checks(rule)) {
      throw new IllegalStateException("no judge declares that it may blame " + rule);
    }
    if (rules.contains(rule)) {
      violations.add(new Violation(rule, reason.get()));
    }
  }

  /** The most specific violation of the step, if any; the findings are empty afterwards. */
  Optional<Violation> blame() {
    if (violations.isEmpty()) {
      return Optional.empty();
    }
    Optional<Violation> worst = violations.stream().min(BlameOrder.BY_SPECIFICITY);
    violations.clear();
    return worst;
  }
}
