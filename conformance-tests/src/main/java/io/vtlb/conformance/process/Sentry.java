package io.vtlb.conformance.process;

import io.vtlb.conformance.run.Limits;
import io.vtlb.conformance.run.Misbehaviour;
import io.vtlb.conformance.run.Misbehaviour.Kind;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Guards one process: the time for one answer, the time for a sequence or the start, and memory;
 * ends it where a limit is passed, and says which.
 *
 * <p>Written by the thread that speaks with the target and by the watchdog.
 */
final class Sentry implements Watched {

  /** Memory is looked at once in so many rounds: it costs more than a clock. */
  private static final int MEMORY_ROUNDS = 5;

  /** So long may what a process wrote before its end take to be read. */
  private static final int ROUNDS_AFTER_ITS_END = 10;

  /** A time that covers several answers. */
  private record Span(Kind kind, String words, Duration most, long since) {}

  /** The time for one answer. */
  private record Wait(long since) {}

  private final ProcessTree tree;
  private final Limits limits;
  private final AtomicReference<@Nullable Span> span = new AtomicReference<>();
  private final AtomicReference<@Nullable Wait> wait = new AtomicReference<>();
  private volatile String awaited = "";
  private volatile @Nullable Misbehaviour verdict;
  private int roundsAfterItsEnd;

  Sentry(ProcessTree tree, Limits limits) {
    this.tree = tree;
    this.limits = limits;
  }

  /**
   * A time begins that covers several answers.
   *
   * @param words what is to be done in it, for the message
   */
  void span(Duration most, Kind kind, String words) {
    span.set(new Span(kind, words, most, System.nanoTime()));
  }

  /** No time runs any more. */
  void rest() {
    span.set(null);
    wait.set(null);
  }

  /** The time for an answer runs from now on. */
  void asked() {
    wait.set(new Wait(System.nanoTime()));
  }

  /** It is this that an answer is awaited to. */
  void awaits(String what) {
    awaited = what;
  }

  /** An answer has come; the time for the next one begins, if there is to be one. */
  void answered(boolean more) {
    wait.set(more ? new Wait(System.nanoTime()) : null);
  }

  @Nullable Misbehaviour verdict() {
    return verdict;
  }

  @Override
  public void look(long now, long round) {
    if (verdict == null) {
      judge(now, round);
    }
    strike(wait.get() != null);
  }

  private void judge(long now, long round) {
    Span whole = span.get();
    Wait one = wait.get();
    if (whole != null && isOver(now, whole.since(), whole.most())) {
      end(
          whole.kind(),
          "the target did not %s in %s".formatted(whole.words(), Limits.words(whole.most())));
    } else if (one != null
        && (whole == null || whole.kind() != Kind.HANG_AT_START)
        && isOver(now, one.since(), limits.event())) {
      end(
          Kind.HANG_IN_EVENT,
          "the target did not answer in %s: %s".formatted(Limits.words(limits.event()), awaited));
    } else if (round % MEMORY_ROUNDS == 0 && tree.residentBytes() > limits.memoryBytes()) {
      end(
          Kind.MEMORY_GROWTH,
          "the target's memory grew beyond " + Limits.words(limits.memoryBytes()));
    }
  }

  private static boolean isOver(long now, long since, Duration most) {
    return now - since > most.toNanos();
  }

  /**
   * Until whoever speaks with the process has noticed its end: what it has started goes on starting
   * others, or holds its pipes open when it is gone itself.
   */
  private void strike(boolean waiting) {
    roundsAfterItsEnd = waiting && !tree.isRootAlive() ? roundsAfterItsEnd + 1 : 0;
    if (roundsAfterItsEnd > ROUNDS_AFTER_ITS_END) {
      tree.strike(true);
    } else if (verdict != null) {
      tree.strike(false);
    }
  }

  @Override
  public void stoodStill(long nanos) {
    span.updateAndGet(one ->
        one == null ? null : new Span(one.kind(), one.words(), one.most(), one.since() + nanos));
    wait.updateAndGet(one -> one == null ? null : new Wait(one.since() + nanos));
  }

  /** Ends the process; the first reason counts. */
  void end(Kind kind, String told) {
    synchronized (this) {
      if (verdict == null) {
        verdict = new Misbehaviour(kind, "", told);
      }
    }
    tree.strike(false);
  }
}
