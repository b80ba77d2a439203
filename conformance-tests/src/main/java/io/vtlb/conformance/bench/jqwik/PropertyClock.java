package io.vtlb.conformance.bench.jqwik;

import io.vtlb.conformance.bench.BenchmarkFailure;
import io.vtlb.conformance.bench.Round;
import org.jspecify.annotations.Nullable;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;

/** Measures the one property of an execution, from its start to its end. */
final class PropertyClock implements TestExecutionListener {

  private Round.@Nullable Start start;
  private @Nullable Round lasted;
  private @Nullable Throwable failure;

  @Override
  public void executionStarted(TestIdentifier identifier) {
    if (identifier.isTest()) {
      start = Round.Start.now();
    }
  }

  @Override
  public void executionFinished(TestIdentifier identifier, TestExecutionResult result) {
    result.getThrowable().ifPresent(thrown -> failure = thrown);
    if (identifier.isTest() && start != null) {
      lasted = start.end(0);
    }
  }

  /** The round, in which so many operations were performed. */
  Round round(long operations) {
    if (failure != null) {
      throw new BenchmarkFailure("the jqwik property failed: " + failure.getMessage(), failure);
    }
    if (lasted == null) {
      throw new BenchmarkFailure("jqwik found no property");
    }
    return new Round(operations, lasted.wallNanos(), lasted.cpuNanos());
  }
}
