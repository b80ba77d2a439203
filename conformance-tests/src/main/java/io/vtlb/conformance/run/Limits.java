package io.vtlb.conformance.run;

import java.time.Duration;

/**
 * What a target in a process of its own may use.
 *
 * @param start until it has said what it is
 * @param event for each answer
 * @param sequence for a whole sequence of operations
 * @param memoryBytes resident memory of the process and all that it has started
 * @param lineBytes the longest line that it may write, its end included
 * @param outputBytes what it may write in one sequence, to standard output and to standard error
 *     each; its start counts as one
 */
public record Limits(
    Duration start,
    Duration event,
    Duration sequence,
    long memoryBytes,
    int lineBytes,
    long outputBytes) {

  private static final int KIB = 10;
  private static final int MIB = 20;
  private static final int GIB = 30;

  /** What is allowed unless one says otherwise. */
  public static final Limits USUAL =
      new Limits(
          Duration.ofSeconds(20),
          Duration.ofSeconds(5),
          Duration.ofSeconds(60),
          2L << GIB,
          1 << MIB,
          64L << MIB);

  /** All of them, on one line. */
  public String words() {
    return "start %s, each answer %s, each sequence %s, memory %s, a line %s, output %s"
        .formatted(
            words(start),
            words(event),
            words(sequence),
            words(memoryBytes),
            words(lineBytes),
            words(outputBytes));
  }

  /** A time, in seconds if it is whole ones. */
  public static String words(Duration time) {
    return time.toMillis() % 1000 == 0 ? time.toSeconds() + " s" : time.toMillis() + " ms";
  }

  /** An amount of memory, in the largest unit of which it is a whole number. */
  public static String words(long bytes) {
    if (isWhole(bytes, GIB)) {
      return (bytes >> GIB) + " GiB";
    }
    if (isWhole(bytes, MIB)) {
      return (bytes >> MIB) + " MiB";
    }
    return isWhole(bytes, KIB) ? (bytes >> KIB) + " KiB" : bytes + " bytes";
  }

  private static boolean isWhole(long bytes, int unit) {
    return bytes != 0 && (bytes & ((1L << unit) - 1)) == 0;
  }
}
