package io.vtlb.conformance.junit;

import io.vtlb.conformance.expectation.BadExpectations;
import io.vtlb.conformance.expectation.Expectation;
import io.vtlb.conformance.expectation.ExpectationsFile;
import java.nio.file.Path;
import java.util.List;

/**
 * Failures that are known, and the file that lists them.
 *
 * @param file where they are listed; empty if nowhere
 */
record KnownFailures(Path file, List<Expectation> expected) {

  static final KnownFailures NONE = new KnownFailures(Path.of(""), List.of());

  /**
   * Reads a file.
   *
   * @throws IllegalArgumentException if it is no such file
   */
  static KnownFailures in(Path file) {
    try {
      return new KnownFailures(file, ExpectationsFile.read(file));
    } catch (BadExpectations e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  /** What to do about some that no longer occur. */
  String toTakeOut(List<Expectation> gone) {
    List<String> lines =
        gone.stream().map(one -> "%s, %s".formatted(one.words(), one.link())).toList();
    return "take this out of %s: %s".formatted(file, String.join("; ", lines));
  }
}
