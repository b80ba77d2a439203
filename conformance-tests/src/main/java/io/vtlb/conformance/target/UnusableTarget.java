package io.vtlb.conformance.target;

/** Says in one line which target cannot be used, why, and what to do. */
public final class UnusableTarget extends RuntimeException {

  private static final long serialVersionUID = 1L;

  UnusableTarget(String message) {
    super(message);
  }
}
