package io.vtlb.conformance.process;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * One thread that looks at everything watched, every few milliseconds; it is there only as long as
 * there is something to watch.
 *
 * <p>Who waits for a target reads from a pipe without a time limit, which is fast; the watchdog
 * ends the process where the wait is too long, which ends the read.
 */
final class Watchdog {

  private static final long PERIOD_NANOS = 20_000_000;

  /** A pause between two rounds that no load explains: this process was stopped (Ctrl-Z). */
  private static final long STOPPED_NANOS = 1_500_000_000;

  private static final Set<Watched> WATCHED = ConcurrentHashMap.newKeySet();
  private static final Object LOCK = new Object();
  private static @Nullable Thread thread;

  private Watchdog() {}

  static void add(Watched watched) {
    synchronized (LOCK) {
      WATCHED.add(watched);
      if (thread == null) {
        thread = Thread.ofPlatform().daemon().name("vtlb-watchdog").start(Watchdog::watch);
      }
    }
  }

  static void remove(Watched watched) {
    synchronized (LOCK) {
      WATCHED.remove(watched);
      if (WATCHED.isEmpty() && thread != null) {
        LockSupport.unpark(thread);
      }
    }
  }

  private static void watch() {
    long rested = System.nanoTime();
    for (long round = 0; true; round++) {
      List<Watched> now;
      synchronized (LOCK) {
        if (WATCHED.isEmpty()) {
          thread = null;
          return;
        }
        now = new ArrayList<>(WATCHED);
      }
      long pause = System.nanoTime() - rested;
      for (Watched watched : now) {
        if (pause > STOPPED_NANOS) {
          watched.stoodStill(pause);
        }
        watched.look(System.nanoTime(), round);
      }
      rested = System.nanoTime();
      LockSupport.parkNanos(PERIOD_NANOS);
    }
  }
}
