package io.vtlb.conformance.child;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vtlb.conformance.run.Misbehaviour.Kind;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A worker's deadlines, by a clock that is set. */
class OverdueTest {

  private static final long SECOND = 1_000_000_000;

  private final Overdue overdue = new Overdue(Duration.ofSeconds(5), Duration.ofSeconds(60), 0);
  private long now;

  /** Looks once a second until a time; the last look counts. */
  private Optional<Kind> until(long second, long steps, long begun) {
    Optional<Kind> found = Optional.empty();
    while (now < second * SECOND && found.isEmpty()) {
      now += SECOND;
      found = overdue.look(now, steps, begun);
    }
    return found;
  }

  @Test
  void anEventThatIsNotAnswered() {
    assertEquals(Optional.empty(), until(6, 1, 1));
    assertEquals(Optional.of(Kind.HANG_IN_EVENT), until(8, 1, 1));
    assertEquals(7 * SECOND, now);
  }

  @Test
  void aSequenceThatDoesNotEnd() {
    for (int second = 1; second <= 60; second++) {
      assertEquals(Optional.empty(), until(second, second, 1));
    }
    assertEquals(Optional.of(Kind.HANG_IN_SEQUENCE), until(61, 61, 1));
  }

  @Test
  void betweenSequencesNothingIsDue() {
    assertEquals(Optional.empty(), until(1000, 1, 0));
  }

  @Test
  void nobodyIsBlamedForATimeInWhichTheProcessWasStopped() {
    assertEquals(Optional.empty(), until(3, 1, 1));
    now += 3600 * SECOND;
    assertEquals(Optional.empty(), overdue.look(now, 1, 1));
    assertEquals(Optional.empty(), until(3605, 1, 1));
    assertEquals(Optional.of(Kind.HANG_IN_EVENT), until(3607, 1, 1));
  }

  @Test
  void aSequenceMayBeginRightBeforeTheProcessIsStopped() {
    assertEquals(Optional.empty(), until(1, 1, 1));
    long begun = now + 1;
    now += 3600 * SECOND;
    assertEquals(Optional.empty(), overdue.look(now, 1, begun));
    assertEquals(Optional.empty(), until(3605, 2, begun));
  }

  @Test
  void whatIsForgivenInOneSequenceIsNotForgivenInTheNext() {
    assertEquals(Optional.empty(), until(1, 1, 1));
    now += 3600 * SECOND;
    assertEquals(Optional.empty(), overdue.look(now, 1, 1));
    long next = now;
    for (int second = 3602; second <= 3661; second++) {
      assertEquals(Optional.empty(), until(second, second, next));
    }
    assertEquals(Optional.of(Kind.HANG_IN_SEQUENCE), until(3662, 3662, next));
  }
}
