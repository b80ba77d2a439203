package io.vtlb.conformance.target;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vtlb.conformance.run.Harness;
import io.vtlb.conformance.run.RunOutcome;
import io.vtlb.conformance.run.StepListener;
import io.vtlb.model.rule.Rule;
import io.vtlb.model.trace.Sequence;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A worker that was asked what it is serves once, or ends. */
class AskedWorkerTest {

  /** Says when it is closed. */
  private record Closing(CountDownLatch closed) implements Harness {

    @Override
    public RunOutcome run(Sequence sequence, Set<Rule> rules, StepListener listener) {
      throw new UnsupportedOperationException("nothing is run here");
    }

    @Override
    public void close() {
      closed.countDown();
    }
  }

  @Test
  void theFirstWhoAsksHasIt() {
    Harness harness = new Closing(new CountDownLatch(1));
    AskedWorker asked = new AskedWorker(harness);
    assertEquals(Optional.of(harness), asked.take());
    assertEquals(Optional.empty(), asked.take());
  }

  @Test
  void whatNobodyAsksForEnds() throws InterruptedException {
    CountDownLatch closed = new CountDownLatch(1);
    forget(closed);
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!closed.await(10, TimeUnit.MILLISECONDS) && System.nanoTime() < end) {
      System.gc();
    }
    assertTrue(closed.await(0, TimeUnit.MILLISECONDS), "it goes on running");
  }

  @SuppressWarnings("UnusedVariable") // that nobody uses it is the point
  private static void forget(CountDownLatch closed) {
    AskedWorker forgotten = new AskedWorker(new Closing(closed));
  }
}
