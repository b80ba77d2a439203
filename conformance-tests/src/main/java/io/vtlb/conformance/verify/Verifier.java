package io.vtlb.conformance.verify;

import io.vtlb.conformance.cell.CellSet;
import io.vtlb.conformance.run.Harness;
import io.vtlb.conformance.run.RunOutcome;
import io.vtlb.conformance.run.StepListener;
import io.vtlb.model.monitor.Tally;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Runs the sequences of a plan, several at a time, and counts them in order.
 *
 * <p>The result does not depend on the number of threads: outcomes are taken in the order of the
 * sequences' numbers, and what lies behind the end of the run does not count.
 */
public final class Verifier {

  private static final int BATCH = 256;

  private final VerificationPlan plan;
  private final NumberedPlay numbered;
  private final Tally tally = new Tally();
  private final Coverage coverage = new Coverage();
  private final CellSet cells = new CellSet();
  private final List<Failure> failures = new ArrayList<>();
  private final ExpectedFailures expected;
  private long drawingSince = System.nanoTime();
  private long sequences;
  private long operations;
  private final List<Crash> crashes = new ArrayList<>();
  private final List<Harness> harnesses = new ArrayList<>();

  private Verifier(VerificationPlan plan) {
    this.plan = plan;
    this.numbered = new NumberedPlay(plan);
    this.expected = new ExpectedFailures(plan.expected());
  }

  /** Runs a plan to its end. */
  public static Verification verify(VerificationPlan plan, Progress progress) {
    return new Verifier(plan).run(progress);
  }

  private Verification run(Progress progress) {
    try (ExecutorService workers =
        Executors.newFixedThreadPool(
            plan.jobs(), Thread.ofPlatform().daemon().name("vtlb-", 0).factory())) {
      while (!ended() && !isOver()) {
        for (Played played : batch(workers)) {
          if (!ended()) {
            count(played, progress);
          }
        }
        progress.at(sequences, failures.size());
      }
    } finally {
      harnesses.forEach(Harness::close);
    }
    return new Verification(
        plan, sequences, operations, tally, coverage, cells, failures, crashes, expected);
  }

  /** The time of a run is that of its random sequences: the generated ones are a fixed number. */
  private boolean isOver() {
    if (sequences < plan.scenarios().size()) {
      drawingSince = System.nanoTime();
      return false;
    }
    long most = plan.time().map(Duration::toNanos).orElse(Long.MAX_VALUE);
    return System.nanoTime() - drawingSince >= most;
  }

  private boolean ended() {
    return sequences >= plan.total()
        || failures.size() >= plan.mostFailures()
        || crashes.size() > plan.restarts();
  }

  private List<Played> batch(ExecutorService workers) {
    int size = (int) Math.min(BATCH, plan.total() - sequences);
    int share = Math.max(1, (size + plan.jobs() - 1) / plan.jobs());
    List<Future<List<Played>>> parts = new ArrayList<>();
    for (int from = 0; from < size; from += share) {
      long first = sequences + from;
      int count = Math.min(share, size - from);
      Harness harness = harness(parts.size());
      parts.add(workers.submit(() -> played(harness, first, count)));
    }
    List<Played> all = new ArrayList<>(size);
    parts.forEach(part -> all.addAll(join(part)));
    return all;
  }

  /** Each part of a batch has its own. */
  private Harness harness(int part) {
    while (harnesses.size() <= part) {
      harnesses.add(plan.target().open());
    }
    return harnesses.get(part);
  }

  /** Ends early where the run will: what would be played after that does not count. */
  private List<Played> played(Harness harness, long first, int count) {
    if (harness instanceof PlanHarness elsewhere) {
      return elsewhere.play(plan, first, count);
    }
    List<Played> played = new ArrayList<>(count);
    int failed = 0;
    for (long number = first; number < first + count && failed <= plan.restarts(); number++) {
      Played one = numbered.play(number, harness, StepListener.NONE);
      played.add(one);
      failed += one.outcome() instanceof RunOutcome.Misbehaved ? 1 : 0;
    }
    return played;
  }

  private static List<Played> join(Future<List<Played>> part) {
    try {
      return part.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while sequences were running", e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
    }
  }

  private void fail(Failure failure, Progress progress) {
    if (!expected.take(failure.violation())) {
      failures.add(failure);
      progress.found(failure);
    }
  }

  private void fail(Crash crash, Progress progress) {
    crashes.add(crash);
    progress.found(crash);
  }

  private void count(Played played, Progress progress) {
    RunOutcome outcome = played.outcome();
    switch (outcome) {
      case RunOutcome.Conforms conforms -> {}
      case RunOutcome.Violated violated ->
          fail(new Failure(sequences, violated.operations(), violated.violation()), progress);
      case RunOutcome.Misbehaved misbehaved ->
          fail(new Crash(sequences, misbehaved.operations(), misbehaved.misbehaviour()), progress);
    }
    sequences++;
    operations += outcome.operations();
    tally.add(outcome.tally());
    coverage.add(played.ingredients(), outcome.tally());
    cells.add(outcome.cells());
  }
}
