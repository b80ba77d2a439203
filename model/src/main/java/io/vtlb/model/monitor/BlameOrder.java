package io.vtlb.model.monitor;

import io.vtlb.model.rule.Rule;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Which of several broken rules is the one to blame: the most specific.
 *
 * <p>Foreign machine, then wrong frame, then excess rights, then the processor's TLB only, then
 * what was answered, then what was reported, then bookkeeping. A translation that was admissible
 * once is blamed on the row that obliged its drop instead of on its frame or rights.
 */
final class BlameOrder {

  private static final List<Rule> MOST_SPECIFIC_FIRST =
      List.of(
          Rule.ISOLATE_1,
          Rule.ISOLATE_2,
          Rule.INIT_1,
          Rule.HOST_1,
          Rule.DEVICE_1,
          Rule.TLB_1,
          Rule.TLB_2,
          Rule.TLB_3,
          Rule.TLB_4,
          Rule.TLB_5,
          Rule.TLB_6,
          Rule.TLB_7,
          Rule.TLB_8,
          Rule.TLB_9,
          Rule.PRIV_1,
          Rule.AD_1,
          Rule.DERIVE_1,
          Rule.AD_2,
          Rule.DERIVE_3,
          Rule.HOST_2,
          Rule.DERIVE_2,
          Rule.PROC_1,
          Rule.EVENT_1,
          Rule.EVENT_2,
          Rule.EVENT_4,
          Rule.EVENT_3,
          Rule.EVENT_5,
          Rule.PRIV_2,
          Rule.EVENT_6,
          Rule.PARTIAL_1,
          Rule.PARTIAL_2,
          Rule.FULL_1,
          Rule.FULL_2,
          Rule.PROGRESS_1,
          Rule.AD_3,
          Rule.HOST_3,
          Rule.PERIODIC_1);

  private static final Map<Rule, Integer> RANKS = new EnumMap<>(Rule.class);

  static {
    MOST_SPECIFIC_FIRST.forEach(rule -> RANKS.put(rule, RANKS.size()));
  }

  /** The most specific violation first. */
  static final Comparator<Violation> BY_SPECIFICITY =
      Comparator.comparingInt(violation -> rank(violation.rule()));

  private BlameOrder() {}

  static int rank(Rule rule) {
    Integer rank = RANKS.get(rule);
    if (rank == null) {
      throw new IllegalStateException(rule + " has no place in the order of blame");
    }
    return rank;
  }
}
