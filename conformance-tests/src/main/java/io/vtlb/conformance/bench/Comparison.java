package io.vtlb.conformance.bench;

import io.vtlb.conformance.bench.jqwik.ChainBenchmark;
import io.vtlb.conformance.generate.ModeChoice;
import io.vtlb.model.trace.Sequence;
import java.util.List;
import java.util.Optional;

/** Whether there is something to compare with: jqwik is no part of the kit. */
final class Comparison {

  private static final String LAUNCHER = "org.junit.platform.launcher.Launcher";

  private Comparison() {}

  /** The same work by a jqwik property; empty without jqwik, and in all modes but 4-level. */
  static Optional<Speed> of(MonitorPlan plan, List<Sequence> sequences) {
    return plan.modes() == ModeChoice.FOUR_LEVEL && isThere()
        ? Optional.of(new ChainBenchmark(plan, sequences).run())
        : Optional.empty();
  }

  private static boolean isThere() {
    try {
      Class.forName(LAUNCHER, false, Comparison.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }
}
