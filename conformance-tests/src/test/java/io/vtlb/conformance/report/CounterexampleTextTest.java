package io.vtlb.conformance.report;

import io.vtlb.conformance.trace.HostSamples;
import io.vtlb.conformance.trace.LongSamples;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** The steps of a run as a report shows them. */
class CounterexampleTextTest {

  @Test
  void stepsOfALongRun() throws IOException {
    Golden.assertMatches(
        "steps-long-mode.txt", CounterexampleText.steps(LongSamples.everyRecord()));
  }

  @Test
  void stepsThatTheHostInterrupts() throws IOException {
    Golden.assertMatches("steps-host.txt", CounterexampleText.steps(HostSamples.everyRecord()));
  }
}
