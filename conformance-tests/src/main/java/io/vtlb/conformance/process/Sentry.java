package io.vtlb.conformance.process;

import io.vtlb.conformance.run.Misbehaviour;
import io.vtlb.conformance.run.Misbehaviour.Kind;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Guards one process: the time for one answer, the time for a sequence or the start, and memory;
 * ends it where a limit is passed, and says which.
 *
 * <p>Written by the thread that speaks with the target and by the watchdog; a deadline of 0 is
 * none.
 */
final class Sentry implements Watched {

  /** Memory is looked at once in so many rounds: it costs more than a clock. */
  private static final int MEMORY_ROUNDS = 5;

  private final ProcessTree tree;
  private final Limits limits;
  private volatile long answerSince;
  private volatile long longEnd;
  private volatile String awaited = "";
  private volatile Duration longTime = Duration.ZERO;
  private volatile Kind longKind = Kind.HANG_AT_START;
  private volatile String longWords = "";
  private volatile @Nullable Misbehaviour verdict;

  Sentry(ProcessTree tree, Limits limits) {
    this.tree = tree;
    this.limits = limits;
  }

  /** A time begins that covers several answers. */
  void sequence(Duration most, Kind kind, String words) {
    longTime = most;
    longKind = kind;
    longWords = words;
    longEnd = later(most);
  }

  void rest() {
    longEnd = 0;
    answerSince = 0;
  }

  /** An answer is awaited from now on. */
  void event(String what) {
    awaited = what;
    answerSince = System.nanoTime() | 1;
  }

  /** An answer has come; the time for the next one begins, if there is to be one. */
  void answered(boolean more) {
    answerSince = more ? System.nanoTime() | 1 : 0;
  }

  @Nullable Misbehaviour verdict() {
    return verdict;
  }

  private static long later(Duration most) {
    return System.nanoTime() + most.toNanos() | 1;
  }

  @Override
  public void look(long now, long round) {
    long since = answerSince;
    long last = longEnd;
    if (last != 0 && now - last > 0) {
      end(longKind, "the target did not %s in %s".formatted(longWords, words(longTime)));
    } else if (since != 0
        && longKind != Kind.HANG_AT_START
        && now - since > limits.event().toNanos()) {
      end(
          Kind.HANG_IN_EVENT,
          "the target did not answer in %s: %s".formatted(words(limits.event()), awaited));
    } else if (round % MEMORY_ROUNDS == 0) {
      long bytes = tree.residentBytes();
      if (bytes > limits.memoryBytes()) {
        end(
            Kind.MEMORY_GROWTH,
            "the target's memory grew beyond %,d MiB".formatted(limits.memoryBytes() >> 20));
      }
    }
  }

  private static String words(Duration time) {
    return time.toMillis() % 1000 == 0 ? time.toSeconds() + " s" : time.toMillis() + " ms";
  }

  /** Ends the process; the first reason counts. */
  void end(Kind kind, String told) {
    synchronized (this) {
      if (verdict == null) {
        verdict = new Misbehaviour(kind, "", told);
      }
    }
    tree.end();
  }
}
