package io.vtlb.conformance.run;

/** Carries what a target threw to the end of the run; never leaves this package. */
final class TargetFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  TargetFailure(Throwable cause) {
    super(cause.toString(), cause, false, false);
  }
}
