package io.vtlb.conformance.cli;

import io.vtlb.conformance.verify.Crash;
import io.vtlb.conformance.verify.Failure;
import io.vtlb.conformance.verify.Progress;
import io.vtlb.conformance.verify.VerificationPlan;
import io.vtlb.model.rule.Rule;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * What a run has found so far, for the case that it is ended early: then there is no time to reduce
 * anything, and no target left to do it with.
 */
final class SoFar implements Progress {

  private static final AtomicReference<@Nullable SoFar> CURRENT = new AtomicReference<>();

  private final VerificationPlan plan;
  private final Progress next;
  private final Map<Rule, Integer> broken = new EnumMap<>(Rule.class);
  private final List<String> firsts = new ArrayList<>();
  private long sequences;

  private SoFar(VerificationPlan plan, Progress next) {
    this.plan = plan;
    this.next = next;
  }

  /**
   * Follows the run that begins now, which {@link #told} is about from now on.
   *
   * @param next is told the same
   */
  static SoFar follow(VerificationPlan plan, Progress next) {
    SoFar run = new SoFar(plan, next);
    CURRENT.set(run);
    return run;
  }

  /** One line for each thing that the last run to begin has found; none where nothing has run. */
  static List<String> told() {
    SoFar run = CURRENT.get();
    return run == null ? List.of() : run.lines();
  }

  @Override
  public synchronized void at(long run, int failures) {
    sequences = run;
    next.at(run, failures);
  }

  @Override
  public synchronized void found(Failure failure) {
    Rule rule = failure.violation().rule();
    if (broken.merge(rule, 1, Integer::sum) == 1) {
      firsts.add(
          "%s is broken, first in %s, operation %d: %s"
              .formatted(
                  rule,
                  plan.origin(failure.sequence()),
                  failure.operations(),
                  failure.violation().reason()));
    }
    next.found(failure);
  }

  @Override
  public synchronized void found(Crash crash) {
    firsts.add(
        "%s in %s, operation %d: %s"
            .formatted(
                crash.misbehaviour().kind().id(),
                plan.origin(crash.sequence()),
                crash.operations(),
                crash.misbehaviour().told()));
    next.found(crash);
  }

  private synchronized List<String> lines() {
    List<String> lines = new ArrayList<>();
    if (sequences > 0) {
      int failed = broken.values().stream().mapToInt(Integer::intValue).sum();
      lines.add("%d sequences had run, and %d of them broke a rule".formatted(sequences, failed));
    }
    lines.addAll(firsts);
    return lines;
  }
}
