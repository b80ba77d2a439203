package io.vtlb.conformance.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vtlb.conformance.bench.ExampleInC;
import io.vtlb.conformance.bench.MeasuredTarget;
import io.vtlb.conformance.bench.TargetSpeed;
import io.vtlb.conformance.bench.TargetsBenchmark;
import io.vtlb.conformance.bench.TargetsPlan;
import io.vtlb.conformance.bench.TargetsText;
import io.vtlb.conformance.generate.ModeChoice;
import io.vtlb.conformance.run.Limits;
import io.vtlb.conformance.verify.Progress;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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

  private static Typed targets(Object... more) {
    Object[] some = {"bench", "targets", "--rounds", 1};
    return Typed.of(Stream.of(some, more).flatMap(Stream::of).toArray());
  }

  @Test
  void targetsAreMeasuredBesideTheBundledOne(@TempDir Path folder) {
    MeasuredTarget program = ExampleInC.build(Path.of(".."), folder).getFirst();
    Typed typed =
        targets("--target", program.name(), "--target", "reference", "--sequences", 5, "--json");
    assertEquals(0, typed.code(), typed::err);
    JsonNode json = typed.json();
    assertEquals("targets", json.get("benchmark").asString());
    assertEquals(2, json.get("targets").size());
    assertEquals(program.name(), json.get("targets").get(0).get("target").asString());
    for (JsonNode target : json.get("targets")) {
      assertRates(target);
      assertRates(target.get("inProcess"));
    }
  }

  private static void assertRates(JsonNode rates) {
    assertTrue(rates.get("events").intValue() > 0);
    assertTrue(rates.get("judgedPerSecond").intValue() > 0);
    assertTrue(
        rates.get("answeredPerSecond").longValue() > rates.get("judgedPerSecond").longValue(),
        "a part of the time is not all of it");
  }

  @Test
  void theExampleIsMeasuredBothWays(@TempDir Path folder) {
    TargetsPlan plan = new TargetsPlan(ModeChoice.MIXED, 3, 20, 1, 1);
    TargetsBenchmark benchmark = new TargetsBenchmark(plan, List.of(), Limits.USUAL, Progress.NONE);
    List<TargetSpeed> speeds =
        ExampleInC.build(Path.of(".."), folder).stream().map(benchmark::measure).toList();
    String text = TargetsText.of(plan, speeds);
    assertTrue(text.contains("\nexec: (the example in C)\n  judged "), text);
    assertTrue(text.contains("\nlib: (the example in C)\n  judged "), text);
    assertEquals(
        speeds.get(0).own().judged().rounds().getFirst().operations(),
        speeds.get(1).own().judged().rounds().getFirst().operations(),
        "the same events either way");
  }

  @Test
  void whatDoesNotConformIsNotMeasured() {
    Typed typed = targets("--target", "fault:invlpg-ignored", "--sequences", 200);
    assertEquals(1, typed.code());
    assertTrue(typed.err().contains("target fault:invlpg-ignored does not conform"), typed::err);
  }

  @Test
  void withoutSourcesATargetMustBeNamed() {
    targets().assertRefused("--target");
    targets("--sequences", 0).assertRefused("--sequences");
  }

  @Test
  void whatIsToBeMeasuredMustBeNamed() {
    Typed.of("bench").assertRefused("monitor");
    Typed.of("bench", "monitor", "--rounds", 0).assertRefused("--rounds");
  }
}
