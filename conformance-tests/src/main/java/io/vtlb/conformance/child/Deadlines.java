package io.vtlb.conformance.child;

import io.vtlb.conformance.run.Limits;
import io.vtlb.conformance.run.Misbehaviour;
import io.vtlb.conformance.run.Misbehaviour.Kind;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;

/**
 * Ends the worker when its target takes too long: only the worker knows when a call into the target
 * begins.
 */
final class Deadlines {

  private static final long PERIOD_NANOS = 20_000_000;
  private static final String KIT = "io.vtlb.";

  private final ParentLink parent;
  private final Duration event;
  private final Duration sequence;
  private final Thread working = Thread.currentThread();
  private volatile long steps;
  private volatile long sequenceSince;

  Deadlines(ParentLink parent, Duration event, Duration sequence) {
    this.parent = parent;
    this.event = event;
    this.sequence = sequence;
    Thread.ofPlatform().daemon().name("vtlb-deadlines").start(this::watch);
  }

  /** A sequence begins. */
  void begin() {
    step();
    sequenceSince = System.nanoTime() | 1;
  }

  /** Something happened in it: the target has returned, or is about to be called. */
  @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
  void step() {
    steps++;
  }

  /** It has ended. */
  void end() {
    sequenceSince = 0;
  }

  private void watch() {
    Overdue overdue = new Overdue(event, sequence, System.nanoTime());
    while (true) {
      LockSupport.parkNanos(PERIOD_NANOS);
      overdue.look(System.nanoTime(), steps, sequenceSince).ifPresent(this::give);
    }
  }

  private void give(Kind kind) {
    String what =
        kind == Kind.HANG_IN_EVENT
            ? "did not answer in " + Limits.words(event)
            : "did not finish a sequence in " + Limits.words(sequence);
    try {
      parent.sendLast(new Misbehaviour(kind, "", "the target " + what + place()));
    } catch (IOException e) {
      // The parent is gone, and so is who would want to know.
    }
    Runtime.getRuntime().halt(1);
  }

  /** Where a Java target is. */
  private String place() {
    return Arrays.stream(working.getStackTrace())
        .filter(Deadlines::isTargets)
        .findFirst()
        .map(frame -> "; it is at " + frame)
        .orElse("");
  }

  /** Classes from --classpath have a loader without a name, and no module. */
  private static boolean isTargets(StackTraceElement frame) {
    String name = frame.getClassName();
    return (frame.getClassLoaderName() == null && frame.getModuleName() == null)
        || (!name.startsWith(KIT) && !name.startsWith("java.") && !name.startsWith("jdk."));
  }
}
