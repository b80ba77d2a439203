package io.vtlb.conformance.verify;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * One sequence in which the target threw an exception.
 *
 * @param sequence its number in the run, from 0
 * @param operations how many operations were performed, the last one included
 * @param failure what it threw
 */
public record Crash(long sequence, int operations, Throwable failure) {

  private static final String KIT = "io.vtlb.conformance.";

  /** What was thrown and where in the target, on one line. */
  public String told() {
    return told(failure);
  }

  /** Like {@link #told()}; the place is the topmost that is neither Java's nor the kit's. */
  static String told(Throwable failure) {
    String what = failure.toString().lines().map(String::strip).collect(Collectors.joining(" "));
    return Arrays.stream(failure.getStackTrace())
        .filter(Crash::isTargets)
        .findFirst()
        .map(frame ->
            what
                + " at "
                + frame.getClassName()
                + "."
                + frame.getMethodName()
                + "("
                + frame.getFileName()
                + ":"
                + frame.getLineNumber()
                + ")")
        .orElse(what);
  }

  private static boolean isTargets(StackTraceElement frame) {
    String name = frame.getClassName();
    return !name.startsWith("java.") && !name.startsWith("jdk.") && !name.startsWith(KIT);
  }
}
