package io.vtlb.conformance.bench;

import io.vtlb.conformance.bench.TargetSpeed.Rates;
import io.vtlb.conformance.generate.SequenceGenerator;
import io.vtlb.conformance.run.Harness;
import io.vtlb.conformance.run.Limits;
import io.vtlb.conformance.run.RunOutcome;
import io.vtlb.conformance.run.StepListener;
import io.vtlb.conformance.run.TargetSource;
import io.vtlb.conformance.target.Targets;
import io.vtlb.conformance.verify.Progress;
import io.vtlb.model.event.Event;
import io.vtlb.model.rule.Rule;
import io.vtlb.model.target.ObservationLevel;
import io.vtlb.model.trace.Sequence;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;

/**
 * Measures how many events a second a target takes, judged by all rules by one thread, and how much
 * of the time is the target's.
 */
public final class TargetsBenchmark {

  private static final Set<Rule> RULES = EnumSet.allOf(Rule.class);

  private final TargetsPlan plan;
  private final List<Path> classPath;
  private final Limits limits;
  private final Progress progress;
  private int begun;

  public TargetsBenchmark(
      TargetsPlan plan, List<Path> classPath, Limits limits, Progress progress) {
    this.plan = plan;
    this.classPath = List.copyOf(classPath);
    this.limits = limits;
    this.progress = progress;
  }

  /** How many rounds there are for some targets, those that warm up included. */
  public static long roundsOf(TargetsPlan plan, int targets) {
    return 2L * plan.rounds() * targets;
  }

  /**
   * Measures one target.
   *
   * @throws BenchmarkFailure if it does not conform, or has level 1
   */
  public TargetSpeed measure(MeasuredTarget target) {
    TargetClock clock = new TargetClock();
    TargetSource source = Targets.viewed(target.name(), classPath, limits, clock::view);
    TargetSource bundled = Targets.viewed(Targets.BUNDLED, List.of(), limits, clock::view);
    if (source.description().level() == ObservationLevel.GUEST_VISIBLE) {
      throw new BenchmarkFailure(
          "target %s has level 1, which shows no events to count".formatted(target.shown()));
    }
    SequenceGenerator generator =
        SequenceGenerator.fitting(source.description(), plan.seed(), plan.length(), plan.modes());
    List<Sequence> sequences =
        LongStream.range(0, plan.sequences()).mapToObj(generator::sequence).toList();
    Measured own = new Measured();
    Measured inProcess = new Measured();
    try (Harness remote = source.open();
        Harness near = bundled.open()) {
      for (int round = 0; round < 2 * plan.rounds(); round++) {
        progress.at(begun++, 0);
        boolean counts = round >= plan.rounds();
        inProcess.add(near, bundled, sequences, clock, counts);
        own.add(remote, source, sequences, clock, counts);
      }
    }
    return new TargetSpeed(target.shown(), own.rates(), inProcess.rates());
  }

  /** The rounds of one target. */
  private static final class Measured implements StepListener {

    private final List<Round> judged = new ArrayList<>();
    private final List<Round> answered = new ArrayList<>();
    private long events;

    @Override
    public void event(Event event) {
      events++;
    }

    void add(
        Harness harness,
        TargetSource source,
        List<Sequence> sequences,
        TargetClock clock,
        boolean counts) {
      events = 0;
      clock.take();
      Round.Start start = Round.Start.now();
      for (int number = 0; number < sequences.size(); number++) {
        RunOutcome outcome = harness.run(sequences.get(number), RULES, this);
        if (!(outcome instanceof RunOutcome.Conforms)) {
          throw new BenchmarkFailure(
              "sequence %d: target %s does not conform, so there is nothing to measure; see 'vtlb verify'"
                  .formatted(number, source.name()));
        }
      }
      Round whole = start.end(events);
      long nanos = clock.take();
      if (counts) {
        judged.add(whole);
        answered.add(new Round(events, nanos, nanos));
      }
    }

    Rates rates() {
      return new Rates(new Speed(judged), new Speed(answered));
    }
  }
}
