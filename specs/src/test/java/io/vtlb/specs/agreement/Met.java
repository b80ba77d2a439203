package io.vtlb.specs.agreement;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vtlb.specs.evaluation.Function;
import io.vtlb.specs.evaluation.Value;
import java.util.Map;
import java.util.TreeMap;

/** What a run has met, so that it can be seen to have compared something. */
final class Met {

  private static final Function IS_MODIFIED = Smt.function("is-modified");

  private final Map<String, Integer> times = new TreeMap<>();

  void add(String what) {
    times.merge(what, 1, Integer::sum);
  }

  /** What became of the active entry of a slot. */
  void add(String by, Value before, Value after) {
    add(by);
    add(change(before, after) + " by " + by);
  }

  private static String change(Value before, Value after) {
    if (before.equals(DescribedMachine.ABSENT)) {
      return after.equals(DescribedMachine.ABSENT) ? "absent" : "made";
    }
    if (after.equals(DescribedMachine.ABSENT)) {
      return "gone";
    }
    return IS_MODIFIED.apply(before, after).isTrue() ? "modified" : "kept";
  }

  /** Fails unless each of these was met so often. */
  void require(int atLeast, String... all) {
    for (String one : all) {
      assertTrue(times.getOrDefault(one, 0) >= atLeast, () -> one + " in " + times);
    }
  }

  @Override
  public String toString() {
    return times.toString();
  }
}
