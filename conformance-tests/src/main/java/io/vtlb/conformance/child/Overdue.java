package io.vtlb.conformance.child;

import io.vtlb.conformance.run.Misbehaviour.Kind;
import java.time.Duration;
import java.util.Optional;

/**
 * Which deadline of a worker has passed, found by looking every few milliseconds; a time in which
 * nobody could look, because the process was stopped (Ctrl-Z), counts for none.
 */
final class Overdue {

  /** A pause between two looks that no load explains. */
  private static final long STOPPED_NANOS = 1_500_000_000;

  private final Duration event;
  private final Duration sequence;
  private long looked;
  private long seen;
  private long since;
  private long begun;
  private long stopped;

  /**
   * @param now {@link System#nanoTime}, here as in all that follows
   */
  Overdue(Duration event, Duration sequence, long now) {
    this.event = event;
    this.sequence = sequence;
    this.looked = now;
    this.since = now;
  }

  /**
   * One look.
   *
   * @param steps how many things have happened until now
   * @param sequenceSince when the sequence began; 0 if none runs
   */
  Optional<Kind> look(long now, long steps, long sequenceSince) {
    long pause = now - looked;
    looked = now;
    boolean wasStopped = pause > STOPPED_NANOS;
    if (sequenceSince != begun) {
      begun = sequenceSince;
      // It may have begun right before the process was stopped, unseen.
      stopped = wasStopped ? now - begun : 0;
    } else if (wasStopped) {
      stopped += pause;
    }
    if (wasStopped) {
      since += pause;
    }
    if (steps != seen || begun == 0) {
      seen = steps;
      since = now;
    }
    if (now - since > event.toNanos()) {
      return Optional.of(Kind.HANG_IN_EVENT);
    }
    return begun != 0 && now - begun - stopped > sequence.toNanos()
        ? Optional.of(Kind.HANG_IN_SEQUENCE)
        : Optional.empty();
  }
}
