package io.vtlb.conformance.bench;

import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * How fast something was in several rounds of the same work. Its speed is that of its best round:
 * what else the machine does can only slow one down.
 *
 * @param rounds at least one
 */
public record Speed(List<Round> rounds) {

  public Speed {
    rounds = List.copyOf(rounds);
    if (rounds.isEmpty() || rounds.stream().anyMatch(round -> round.operations() == 0)) {
      throw new IllegalArgumentException("nothing was measured: " + rounds);
    }
  }

  /** Measures some rounds, after as many that are not counted. */
  public static Speed of(int rounds, Stream<Round> all) {
    return new Speed(all.limit(2L * rounds).skip(rounds).toList());
  }

  /** In the best round by the clock. */
  double operationsPerSecond() {
    return sorted(Round::operationsPerSecond).getLast();
  }

  /** In the median round by the clock. */
  double medianOperationsPerSecond() {
    return sorted(Round::operationsPerSecond).get(rounds.size() / 2);
  }

  /** In the best round by the processor's time. */
  double cpuOperationsPerSecond() {
    return sorted(Round::cpuOperationsPerSecond).getLast();
  }

  private List<Double> sorted(ToDoubleFunction<Round> speed) {
    return rounds.stream().mapToDouble(speed).boxed().sorted(Comparator.naturalOrder()).toList();
  }
}
