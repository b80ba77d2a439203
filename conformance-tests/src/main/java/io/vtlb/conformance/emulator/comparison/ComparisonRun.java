package io.vtlb.conformance.emulator.comparison;

import io.vtlb.conformance.emulator.ProbeResult;
import io.vtlb.conformance.generate.Seeds;
import io.vtlb.conformance.verify.Progress;
import io.vtlb.model.paging.PagingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Random probes by number: the same seed, mode and number are the same situation in every run.
 *
 * <p>Most have a MAXPHYADDR of 40, some 36, 46 or 52.
 */
public final class ComparisonRun {

  /** How many deviations of a mode are kept in full. */
  public static final int KEPT = 10;

  private static final int[] REACHES = {40, 40, 36, 40, 46, 40, 52, 40};
  private static final List<Integer> REACHES_ONCE = List.of(36, 40, 46, 52);
  private static final int CHUNK = 4096;
  private static final int MODE_SHIFT = 48;

  private final Comparison comparison;
  private final Emulators emulators;
  private final long seed;

  public ComparisonRun(AccessModel model, Emulators emulators, long seed) {
    this.comparison = new Comparison(model);
    this.emulators = emulators;
    this.seed = seed;
  }

  /** Compares so many probes, the same number for each mode, or one more for the first ones. */
  public ComparisonReport compare(
      String emulator, List<PagingMode> modes, long probes, Progress progress) {
    List<Tally> tallies = new ArrayList<>();
    List<Deviation> deviations = new ArrayList<>();
    long done = 0;
    int failed = 0;
    for (int i = 0; i < modes.size(); i++) {
      long share = probes / modes.size() + (i < probes % modes.size() ? 1 : 0);
      Tally tally = new Tally(modes.get(i));
      List<Deviation> found = new ArrayList<>();
      for (long from = 0; from < share; from += CHUNK) {
        long to = Math.min(share, from + CHUNK);
        compare(tally, from, to, found);
        progress.at(done + to, failed + (int) tally.deviations());
      }
      done += share;
      failed += (int) tally.deviations();
      tallies.add(tally);
      deviations.addAll(found);
    }
    return new ComparisonReport(emulator, seed, tallies, deviations);
  }

  private void compare(Tally tally, long from, long to, List<Deviation> found) {
    List<Deviation> fresh = new ArrayList<>();
    REACHES_ONCE.forEach(reach -> compare(tally, from, to, reach, fresh));
    fresh.sort(Comparator.comparingLong(Deviation::number));
    fresh.stream().limit(KEPT - found.size()).forEach(found::add);
  }

  private void compare(Tally tally, long from, long to, int reach, List<Deviation> fresh) {
    List<Long> numbers = new ArrayList<>();
    List<Situation> situations = new ArrayList<>();
    for (long number = from; number < to; number++) {
      if (reach(number) == reach) {
        numbers.add(number);
        situations.add(situation(tally.mode(), number));
      }
    }
    List<ProbeResult> results =
        emulators.reaching(reach).runAll(situations.stream().map(Situation::probe).toList());
    for (int i = 0; i < results.size(); i++) {
      switch (comparison.judge(situations.get(i), results.get(i))) {
        case Judgement.Agrees agrees -> tally.agree();
        case Judgement.Known known -> tally.explained(known.deviations());
        case Judgement.Deviates(Prediction admitted) -> {
          tally.deviates();
          fresh.add(
              new Deviation(
                  tally.mode(), numbers.get(i), situations.get(i), admitted, results.get(i)));
        }
      }
    }
  }

  private static int reach(long number) {
    return REACHES[(int) (number % REACHES.length)];
  }

  /** One situation by its mode and number. */
  Situation situation(PagingMode mode, long number) {
    long named = (long) PagingMode.ALL.indexOf(mode) << MODE_SHIFT | number;
    return SituationGenerator.next(
        Seeds.forSequence(seed, named), mode, EmulatedProfile.reaching(reach(number)));
  }
}
