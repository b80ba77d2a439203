package io.vtlb.conformance.bench;

import io.vtlb.conformance.run.RunOutcome;
import io.vtlb.conformance.run.SequenceRun;
import io.vtlb.conformance.run.StepListener;
import io.vtlb.conformance.verify.Progress;
import io.vtlb.implementation.IndexedVirtualTlb;
import io.vtlb.model.rule.Rule;
import io.vtlb.model.trace.Sequence;
import java.util.EnumSet;
import java.util.List;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Measures how fast one thread judges sequences: the bundled implementation at level 3, by all
 * rules.
 */
public final class MonitorBenchmark {

  private final MonitorPlan plan;
  private final Progress progress;
  private int begun;

  public MonitorBenchmark(MonitorPlan plan, Progress progress) {
    this.plan = plan;
    this.progress = progress;
  }

  /** How many rounds a plan has, those that warm up included; the comparison is one more. */
  public static long roundsOf(MonitorPlan plan) {
    return 4L * plan.rounds() + 1;
  }

  /**
   * Measures.
   *
   * @throws BenchmarkFailure if a sequence does not conform
   */
  public MonitorSpeeds run() {
    List<Sequence> sequences =
        LongStream.range(0, plan.sequences()).mapToObj(plan.generator()::sequence).toList();
    Speed judging = measure(() -> judgeAll(number -> sequences.get((int) number)));
    Speed generating = measure(() -> judgeAll(plan.generator()::sequence));
    return new MonitorSpeeds(plan, judging, generating, Comparison.of(plan, sequences));
  }

  private Speed measure(LongSupplier work) {
    return Speed.of(
        plan.rounds(),
        Stream.generate(() -> {
          progress.at(begun++, 0);
          return Round.of(work);
        }));
  }

  private long judgeAll(LongFunction<Sequence> sequences) {
    long operations = 0;
    for (int number = 0; number < plan.sequences(); number++) {
      operations += judge(sequences.apply(number), number);
    }
    return operations;
  }

  private static int judge(Sequence sequence, int number) {
    RunOutcome outcome =
        SequenceRun.of(
            sequence, new IndexedVirtualTlb(), EnumSet.allOf(Rule.class), StepListener.NONE);
    if (!(outcome instanceof RunOutcome.Conforms)) {
      throw new BenchmarkFailure("sequence %d does not conform: %s".formatted(number, outcome));
    }
    return outcome.operations();
  }
}
