package io.vtlb.conformance.torture;

import io.vtlb.conformance.run.Limits;
import io.vtlb.conformance.run.Misbehaviour.Kind;
import java.time.Duration;

/**
 * What is to be said of one way to misbehave.
 *
 * @param way what the target does
 * @param kind what that is
 * @param told words of the verdict
 * @param limits what the target may use
 */
record Case(Way way, Kind kind, String told, Limits limits) {

  private static final Duration START = Duration.ofSeconds(30);
  private static final Duration EVENT = Duration.ofSeconds(10);
  private static final Duration SHORT = Duration.ofMillis(1500);

  static Case of(Way way, Kind kind, String told) {
    return new Case(way, kind, told, limits(START, EVENT));
  }

  /** With so little time for an answer that waiting for it to pass is no burden. */
  static Case hang(Way way, String told) {
    return new Case(way, Kind.HANG_IN_EVENT, told, limits(START, SHORT));
  }

  private static Limits limits(Duration start, Duration event) {
    return new Limits(start, event, Duration.ofSeconds(20), 200L << 20, 1 << 20, 4L << 20);
  }

  Case within(Duration start, Duration sequence) {
    return new Case(
        way,
        kind,
        told,
        new Limits(
            start,
            limits.event(),
            sequence,
            limits.memoryBytes(),
            limits.lineBytes(),
            limits.outputBytes()));
  }

  Case writing(long outputBytes) {
    return new Case(
        way,
        kind,
        told,
        new Limits(
            limits.start(),
            limits.event(),
            limits.sequence(),
            limits.memoryBytes(),
            limits.lineBytes(),
            outputBytes));
  }
}
