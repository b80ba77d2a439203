package io.vtlb.specs.proof;

import java.util.List;

/** What a solver found about one theorem. */
public sealed interface Verdict {

  /** The assumptions are possible, and the conclusion denied is not. */
  record Proved() implements Verdict {}

  /**
   * There is a case in which it does not hold.
   *
   * @param values each constant with its value in that case, a line each; a single line if the
   *     assumptions contradict each other, so that the theorem says nothing
   */
  record Refuted(List<String> values) implements Verdict {

    public Refuted {
      values = List.copyOf(values);
    }
  }

  /** The solver gave up. */
  record Unknown(String reason) implements Verdict {}

  /** The word for it in reports. */
  default String word() {
    return switch (this) {
      case Proved() -> "proved";
      case Refuted(List<String> values) -> "refuted";
      case Unknown(String reason) -> "unknown";
    };
  }
}
