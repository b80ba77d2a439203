package io.vtlb.conformance.run;

import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

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

  /**
   * The answer of a call that a target is only asked because of what it declared. One that throws
   * an {@link UnsupportedOperationException} with a message says that it does not serve that;
   * without a message it is an exception like any other (collections that cannot be changed throw
   * it).
   *
   * @param asked what the call is about, for messages
   * @param declared the declarations that the call rests on, in words
   */
  static <T> T of(Object asked, Supplier<List<String>> declared, Callable<T> call) {
    return of(() -> {
      try {
        return call.call();
      } catch (UnsupportedOperationException e) {
        if (e.getMessage() == null) {
          throw e;
        }
        throw new TargetFailure(
            Misbehaviour.declaredFalsely(
                Misbehaviour.Kind.UNSUPPORTED,
                e.getMessage(),
                "the target declares %s, but does not serve %s: %s"
                    .formatted(
                        String.join(", ", declared.get()),
                        asked,
                        e.getMessage().lines().map(String::strip).collect(joining(" ")))));
      }
    });
  }

  /** Refuses a value that cannot be. */
  static TargetFailure impossible(String told) {
    return new TargetFailure(Misbehaviour.impossible(told));
  }
}
