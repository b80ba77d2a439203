package io.vtlb.conformance.library;

import io.vtlb.conformance.run.Misbehaviour;
import io.vtlb.conformance.run.TargetFailure;

/** What the functions of a library return: done, not served, or given up. */
final class Result {

  private static final int OK = 0;
  private static final int UNSUPPORTED = 1;
  private static final int ERROR = 2;

  private Result() {}

  /**
   * Goes on only if a function has done what it was asked.
   *
   * @param function its name
   * @param asked what it was asked
   * @throws UnsupportedOperationException if it does not serve that
   */
  static void require(int result, String function, Object asked) {
    switch (result) {
      case OK -> {}
      case UNSUPPORTED ->
          throw new UnsupportedOperationException(function + " returned VTLB_UNSUPPORTED");
      case ERROR -> throw gaveUp(function, "returned VTLB_ERROR for " + asked);
      default -> throw impossible(function + " returned " + result + " for " + asked);
    }
  }

  /** The library says that it cannot go on. */
  static TargetFailure gaveUp(String function, String how) {
    return new TargetFailure(
        new Misbehaviour(
            Misbehaviour.Kind.GAVE_UP, function, "the target gave up: " + function + " " + how));
  }

  /** A value that cannot be. */
  static TargetFailure impossible(String told) {
    return new TargetFailure(Misbehaviour.impossible(told));
  }
}
