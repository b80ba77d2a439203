package io.vtlb.conformance.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.function.LongSupplier;

/**
 * One measured stretch of work of one thread.
 *
 * @param operations how many were judged
 * @param wallNanos the time that passed
 * @param cpuNanos the time that the thread was on a processor
 */
public record Round(long operations, long wallNanos, long cpuNanos) {

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final double NANOS = 1e9;

  /** A moment from which a round is measured. */
  public record Start(long wallNanos, long cpuNanos) {

    /** This moment, for the thread that asks. */
    public static Start now() {
      return new Start(System.nanoTime(), THREADS.getCurrentThreadCpuTime());
    }

    /** The round that ends now, on the same thread. */
    public Round end(long operations) {
      Start now = now();
      return new Round(operations, now.wallNanos - wallNanos, now.cpuNanos - cpuNanos);
    }
  }

  /**
   * Measures work.
   *
   * @param work returns how many operations it judged
   */
  static Round of(LongSupplier work) {
    Start start = Start.now();
    return start.end(work.getAsLong());
  }

  double operationsPerSecond() {
    return operations * NANOS / Math.max(1, wallNanos);
  }

  double cpuOperationsPerSecond() {
    return operations * NANOS / Math.max(1, cpuNanos);
  }
}
