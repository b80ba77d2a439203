package io.vtlb.conformance.process;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.vtlb.conformance.run.Limits;
import io.vtlb.conformance.run.Misbehaviour;
import io.vtlb.conformance.run.Misbehaviour.Kind;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When time is over, told by a clock that the test holds. */
class SentryTest {

  /** No round for memory. */
  private static final long ROUND = 1;

  private Process process;
  private Sentry sentry;

  @BeforeEach
  void start() throws IOException {
    process = new ProcessBuilder("sleep", "100").start();
    sentry = new Sentry(new ProcessTree(process.toHandle(), "none"), Limits.USUAL);
  }

  @AfterEach
  void end() {
    process.destroyForcibly();
  }

  private Misbehaviour found() {
    return requireNonNull(sentry.verdict());
  }

  private void look(Duration later) {
    sentry.look(System.nanoTime() + later.toNanos(), ROUND);
  }

  @Test
  void nothingIsOverWhereNothingIsAwaited() {
    look(Duration.ofDays(1));
    assertNull(sentry.verdict());
  }

  @Test
  void anAnswerHasItsTime() {
    sentry.span(Duration.ofHours(1), Kind.HANG_IN_SEQUENCE, "finish a sequence");
    sentry.awaits("create");
    sentry.asked();
    look(Duration.ofSeconds(4));
    assertNull(sentry.verdict());
    look(Duration.ofSeconds(6));
    assertEquals("the target did not answer in 5 s: create", found().told());
  }

  @Test
  void aStartHasItsOwn() {
    sentry.span(Duration.ofSeconds(20), Kind.HANG_AT_START, "say what it is");
    sentry.asked();
    look(Duration.ofSeconds(19));
    assertNull(sentry.verdict());
    look(Duration.ofSeconds(21));
    assertEquals(Kind.HANG_AT_START, found().kind());
  }

  @Test
  void whatHasBeenAnsweredIsNotAwaited() {
    sentry.asked();
    sentry.answered(false);
    look(Duration.ofSeconds(6));
    assertNull(sentry.verdict());
  }

  @Test
  void nobodyIsBlamedForATimeInWhichTheKitWasStopped() {
    sentry.span(Duration.ofSeconds(60), Kind.HANG_IN_SEQUENCE, "finish a sequence");
    sentry.asked();
    sentry.stoodStill(Duration.ofHours(1).toNanos());
    look(Duration.ofHours(1).plusSeconds(4));
    assertNull(sentry.verdict());
    look(Duration.ofHours(1).plusSeconds(6));
    assertEquals(Kind.HANG_IN_EVENT, found().kind());
  }

  @Test
  void theFirstReasonCounts() {
    sentry.end(Kind.OUTPUT_FLOOD, "a flood");
    sentry.end(Kind.MEMORY_GROWTH, "much memory");
    assertEquals("a flood", found().told());
  }
}
