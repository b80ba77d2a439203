package io.vtlb.model.monitor;

import io.vtlb.model.rule.Rule;

/**
 * How often each rule was judged, and how often it was exercised.
 *
 * <p><em>Judged</em>: the monitor looked. <em>Exercised</em>: had the target broken the rule there,
 * it would have shown.
 */
@SuppressWarnings("EnumOrdinal") // arrays by ordinal: what an EnumMap of longs would be
public final class Tally {

  private final long[] judged = new long[Rule.values().length];
  private final long[] exercised = new long[Rule.values().length];

  public long judged(Rule rule) {
    return rule.isDerived()
        ? rule.derivedFrom().stream().mapToLong(this::judged).sum()
        : judged[rule.ordinal()];
  }

  public long exercised(Rule rule) {
    return rule.isDerived()
        ? rule.derivedFrom().stream().mapToLong(this::exercised).sum()
        : exercised[rule.ordinal()];
  }

  /** Adds what another tally counted. */
  public void add(Tally other) {
    for (int i = 0; i < judged.length; i++) {
      judged[i] += other.judged[i];
      exercised[i] += other.exercised[i];
    }
  }

  /** Adds what was counted elsewhere for one rule, which is not derived. */
  public void add(Rule rule, long timesJudged, long timesExercised) {
    judged[rule.ordinal()] += timesJudged;
    exercised[rule.ordinal()] += timesExercised;
  }

  void judge(Rule rule) {
    judged[rule.ordinal()]++;
  }

  void exercise(Rule rule) {
    judged[rule.ordinal()]++;
    exercised[rule.ordinal()]++;
  }

  /** Counts a rule as judged, and as exercised if breaking it would have shown. */
  void count(Rule rule, boolean wouldHaveShown) {
    judged[rule.ordinal()]++;
    if (wouldHaveShown) {
      exercised[rule.ordinal()]++;
    }
  }
}
