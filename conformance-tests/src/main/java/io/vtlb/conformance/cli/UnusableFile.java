package io.vtlb.conformance.cli;

/** Says in one line which file cannot be used, and why. */
final class UnusableFile extends RuntimeException {

  private static final long serialVersionUID = 1L;

  UnusableFile(String message) {
    super(message);
  }
}
