package io.vtlb.conformance.expectation;

import java.nio.file.Path;

/** Says in one line what is wrong with a file of expectations. */
public final class BadExpectations extends RuntimeException {

  private static final long serialVersionUID = 1L;

  BadExpectations(Path file, String problem) {
    super("expectations %s: %s".formatted(file, problem));
  }
}
