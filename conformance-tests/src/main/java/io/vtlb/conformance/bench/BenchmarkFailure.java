package io.vtlb.conformance.bench;

/** What was to be measured did not do its work: a figure would mean nothing. */
public final class BenchmarkFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public BenchmarkFailure(String message) {
    super(message);
  }

  public BenchmarkFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
