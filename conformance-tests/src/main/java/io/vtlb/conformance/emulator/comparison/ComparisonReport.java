package io.vtlb.conformance.emulator.comparison;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/**
 * What came of a comparison.
 *
 * @param emulator its name and version
 * @param seed what decided the probes
 * @param modes the modes in the order in which they were asked for
 * @param deviations the first deviations of each mode
 */
public record ComparisonReport(
    String emulator, long seed, List<Tally> modes, List<Deviation> deviations) {

  public ComparisonReport {
    modes = List.copyOf(modes);
    deviations = List.copyOf(deviations);
  }

  public long probes() {
    return sum(Tally::probes);
  }

  public long agreeing() {
    return sum(Tally::agreeing);
  }

  /** How many results the ledger explains. */
  public long explained() {
    return sum(Tally::explained);
  }

  /** How many deviations there are in all, shown or not. */
  public long deviating() {
    return sum(Tally::deviations);
  }

  /** How many results each entry of the ledger takes part in. */
  public Map<KnownDeviation, Long> known() {
    Map<KnownDeviation, Long> known = new EnumMap<>(KnownDeviation.class);
    modes.forEach(tally ->
        tally.known().forEach((deviation, count) -> known.merge(deviation, count, Long::sum)));
    return known;
  }

  /** The entries of the ledger that no probe needed; another version may not deviate so. */
  public List<KnownDeviation> unseen() {
    Map<KnownDeviation, Long> known = known();
    return Stream.of(KnownDeviation.values())
        .filter(deviation -> deviation.isPossibleIn(modes.stream().map(Tally::mode).toList()))
        .filter(deviation -> !known.containsKey(deviation))
        .toList();
  }

  private long sum(ToLongFunction<Tally> count) {
    return modes.stream().mapToLong(count).sum();
  }
}
