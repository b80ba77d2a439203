package io.vtlb.conformance.process;

import java.time.Duration;

/**
 * What a target in a process of its own may use.
 *
 * @param start until it has said what it is
 * @param event for each answer
 * @param sequence for a whole sequence of operations
 * @param memoryBytes resident memory of the process and all that it has started
 * @param lineBytes the longest line that it may write, its end included
 * @param errorBytes standard error, from its start to its end
 */
public record Limits(
    Duration start,
    Duration event,
    Duration sequence,
    long memoryBytes,
    int lineBytes,
    long errorBytes) {

  /** What is allowed unless one says otherwise. */
  public static final Limits USUAL =
      new Limits(
          Duration.ofSeconds(20),
          Duration.ofSeconds(5),
          Duration.ofSeconds(60),
          2L << 30,
          1 << 20,
          64L << 20);
}
