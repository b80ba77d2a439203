package io.vtlb.conformance.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Limits are told in the units that people use. */
class LimitsTest {

  @Test
  void theUsualOnes() {
    assertEquals(
        "start 20 s, each answer 5 s, each sequence 60 s, memory 2 GiB, a line 1 MiB, output 64"
            + " MiB",
        Limits.USUAL.words());
  }

  @Test
  void oddOnes() {
    assertEquals("1500 ms", Limits.words(Duration.ofMillis(1500)));
    assertEquals("1536 MiB", Limits.words(1536L << 20));
    assertEquals("12 KiB", Limits.words(12L << 10));
    assertEquals("1001 bytes", Limits.words(1001));
  }
}
