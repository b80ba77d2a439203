package io.vtlb.conformance.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vtlb.model.rule.Rule;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The documents that scripts rely on: one each, with these keys and types. */
class JsonTest {

  private static void assertKeys(JsonNode object, String... keys) {
    Collection<String> present = object.propertyNames();
    assertTrue(present.containsAll(List.of(keys)), present.toString());
  }

  @Test
  void verify() {
    Typed typed =
        Typed.of(
            "verify",
            "--strategy",
            "random",
            "--json",
            "--target",
            "fault:invlpg-ignored",
            "--sequences",
            120);
    assertEquals(1, typed.code());
    JsonNode json = typed.json();
    assertKeys(
        json, "verdict", "target", "seed", "sequences", "operations", "rules", "counterexamples");
    assertEquals("fails", json.get("verdict").asString());
    assertEquals("fault:invlpg-ignored", json.get("target").asString());
    assertEquals("mixed", json.get("mode").asString());
    assertEquals(1, json.get("seed").intValue());
    assertTrue(json.get("sequences").isIntegralNumber());
    assertTrue(json.get("operations").isIntegralNumber());
    assertEquals(
        List.of(Rule.values()).stream().map(Rule::id).toList(),
        json.get("rules").valueStream().map(rule -> rule.get("id").asString()).toList());
    for (JsonNode rule : json.get("rules")) {
      assertKeys(rule, "id", "level", "claims", "exercised", "verdict", "reason");
      assertTrue(rule.get("level").isIntegralNumber());
      assertTrue(rule.get("claims").get(0).isIntegralNumber());
      assertTrue(rule.get("exercised").isIntegralNumber());
    }
    JsonNode counterexample = json.get("counterexamples").get(0);
    assertKeys(counterexample, "rule", "operations");
    assertEquals("TLB-1", counterexample.get("rule").asString());
    assertFalse(counterexample.get("operations").isEmpty());
  }

  @Test
  void theVerdictIsOneOfThree() {
    assertEquals(
        "conforms",
        Typed.of("verify", "--strategy", "random", "--json", "--sequences", 800)
            .json()
            .get("verdict")
            .asString());
    assertEquals(
        "inconclusive",
        Typed.of("verify", "--strategy", "random", "--json", "--sequences", 1)
            .json()
            .get("verdict")
            .asString());
  }

  @Test
  void verifyIsTheSameTwiceButForItsTimings() {
    Object[] command = {
      "verify", "--strategy", "random", "--json", "--target", "fault:invlpg-ignored", "--seed", -7
    };
    ObjectNode once = (ObjectNode) Typed.of(command).json();
    ObjectNode twice = (ObjectNode) Typed.of(command).json();
    once.remove("timings");
    twice.remove("timings");
    assertEquals(once.toPrettyString(), twice.toPrettyString());
  }

  @Test
  void claims() {
    JsonNode json = Typed.of("claims", "--json").json();
    assertEquals(30, json.size());
    for (JsonNode claim : json) {
      assertKeys(claim, "claim", "rules");
      for (JsonNode rule : claim.get("rules")) {
        assertKeys(rule, "id", "monitor", "tests", "theorems", "faults");
        assertTrue(rule.get("monitor").isBoolean());
        assertTrue(rule.get("tests").isIntegralNumber());
        assertTrue(rule.get("theorems").isArray());
        assertTrue(rule.get("faults").get(0).isString());
      }
    }
  }

  @Test
  void faults() {
    JsonNode json = Typed.of("faults", "--json", "invlpg-ignored").json();
    assertEquals(1, json.size());
    JsonNode fault = json.get(0);
    assertKeys(fault, "name", "modelledOn", "caught", "rule", "sequences", "operations", "millis");
    assertEquals("invlpg-ignored", fault.get("name").asString());
    assertTrue(fault.get("modelledOn").isString());
    assertTrue(fault.get("caught").booleanValue());
    assertEquals("TLB-1", fault.get("rule").asString());
    assertTrue(fault.get("sequences").isIntegralNumber());
    assertTrue(fault.get("operations").intValue() <= 8);
    assertTrue(fault.get("millis").isIntegralNumber());
  }

  @Test
  void aFaultThatIsNotCaughtHasNoRule() {
    JsonNode fault =
        Typed.of("faults", "--json", "--sequences", 1, "invlpg-drops-one-fragment-of-large-page")
            .json()
            .get(0);
    assertFalse(fault.get("caught").booleanValue());
    assertTrue(fault.get("rule").isNull());
    assertEquals(0, fault.get("operations").intValue());
  }
}
