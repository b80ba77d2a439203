package io.vtlb.conformance.sweep;

import java.time.Duration;
import java.util.List;

/**
 * What came of a sweep.
 *
 * @param modes each mode
 * @param lemma the lemma about upper levels, for each mode
 * @param lemmaTime how long that took
 * @param witness the sample that was handed to a witness
 */
public record SweepReport(
    List<ModeResult> modes,
    List<UpperLevels.Result> lemma,
    Duration lemmaTime,
    WitnessResult witness) {

  /**
   * One mode.
   *
   * @param mode what was swept
   * @param tally what was compared
   * @param resumed how many of those had been compared by an earlier run
   * @param time how long the rest took
   * @param shown the first disagreements
   */
  public record ModeResult(
      SweptMode mode, Tally tally, long resumed, Duration time, List<Disagreement> shown) {

    public ModeResult {
      shown = List.copyOf(shown);
    }

    /** A mode's result, with its first disagreements looked at again. */
    public static ModeResult of(
        SweptMode mode, Tally tally, long resumed, Duration time, Subject.Source subjects) {
      return new ModeResult(
          mode,
          tally,
          resumed,
          time,
          tally.shown().stream().map(number -> Disagreement.at(mode, number, subjects)).toList());
    }
  }

  public SweepReport {
    modes = List.copyOf(modes);
    lemma = List.copyOf(lemma);
  }

  /** True if nothing disagrees. */
  public boolean agrees() {
    return modes.stream().allMatch(mode -> mode.tally().disagreements() == 0)
        && lemma.stream().allMatch(result -> result.disagreements() == 0)
        && witness.disagreements() == 0;
  }

  /** How many combinations were compared. */
  public long compared() {
    return modes.stream().mapToLong(mode -> mode.tally().compared()).sum();
  }
}
