package io.vtlb.conformance.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The benchmarks measure something, and say what; how fast it is, no test says. */
class BenchCommandTest {

  private static Typed monitor(Object... more) {
    Object[] all = new Object[more.length + 7];
    System.arraycopy(
        new Object[] {"bench", "monitor", "--sequences", 20, "--rounds", 2, "--json"},
        0,
        all,
        0,
        7);
    System.arraycopy(more, 0, all, 7, more.length);
    return Typed.of(all);
  }

  @Test
  void theMonitorIsComparedWithJqwik() {
    Typed typed = monitor();
    assertEquals(0, typed.code(), typed::err);
    JsonNode json = typed.json();
    assertEquals("monitor", json.get("benchmark").asString());
    assertEquals("4level", json.get("mode").asString());
    assertEquals(20, json.get("sequences").intValue());
    assertEquals(40, json.get("length").intValue());
    for (String key :
        new String[] {
          "operationsPerSecond",
          "medianOperationsPerSecond",
          "cpuOperationsPerSecond",
          "generatingOperationsPerSecond",
          "jqwikOperationsPerSecond",
          "jqwikMedianOperationsPerSecond",
          "jqwikCpuOperationsPerSecond",
          "ratio",
          "cpuRatio",
          "generatingRatio"
        }) {
      assertTrue(json.get(key).doubleValue() > 0, key);
    }
  }

  @Test
  void inOtherModesThereIsNoComparison() {
    Typed typed = monitor("--mode", "pae");
    assertEquals(0, typed.code(), typed::err);
    assertFalse(typed.json().has("ratio"));
  }

  @Test
  void whatIsToBeMeasuredMustBeNamed() {
    Typed.of("bench").assertRefused("monitor");
    Typed.of("bench", "monitor", "--rounds", 0).assertRefused("--rounds");
  }
}
