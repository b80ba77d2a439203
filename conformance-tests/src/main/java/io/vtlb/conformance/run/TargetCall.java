package io.vtlb.conformance.run;

import java.util.concurrent.Callable;

/** Calls into a target, whatever it may throw. */
final class TargetCall {

  private TargetCall() {}

  /**
   * The answer of a call; any failure of it, also an error or an undeclared exception, is the
   * target's.
   */
  static <T> T of(Callable<T> call) {
    try {
      return call.call();
    } catch (TargetFailure e) {
      throw e;
    } catch (Throwable e) {
      throw new TargetFailure(Misbehaviour.threw(e));
    }
  }

  /** Refuses a value that cannot be. */
  static TargetFailure impossible(String told) {
    return new TargetFailure(Misbehaviour.impossible(told));
  }
}
