package io.vtlb.conformance.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vtlb.model.rule.Rule;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/** From each claim to its rules, and from each rule to its witnesses. */
class ClaimsReportTest {

  private static final int CLAIMS = 30;

  private final ArrayNode json = ClaimsReport.json();

  @Test
  void everyClaimHasRulesWithWitnesses() {
    assertEquals(CLAIMS, json.size());
    for (int i = 0; i < CLAIMS; i++) {
      JsonNode claim = json.get(i);
      assertEquals(i + 1, claim.required("claim").intValue());
      assertFalse(claim.required("rules").isEmpty(), "claim " + (i + 1) + " has no rule");
      claim.required("rules").forEach(ClaimsReportTest::assertWitnessed);
    }
  }

  private static void assertWitnessed(JsonNode rule) {
    String id = rule.required("id").asString();
    assertTrue(Rule.byId(id).isPresent(), id);
    assertTrue(rule.required("monitor").booleanValue(), id);
    assertTrue(rule.required("tests").intValue() > 0, id);
    assertFalse(rule.required("theorems").isEmpty(), id);
    assertFalse(rule.required("faults").isEmpty(), id);
  }

  @Test
  void everyRuleComesFromAClaim() {
    Set<Rule> claimed = EnumSet.noneOf(Rule.class);
    for (JsonNode claim : json) {
      claim
          .required("rules")
          .forEach(rule -> claimed.add(Rule.byId(rule.required("id").asString()).orElseThrow()));
    }
    assertEquals(EnumSet.allOf(Rule.class), claimed);
  }

  @Test
  void theTextNamesEveryRuleInALineOfItsOwn() {
    String text = ClaimsReport.text();
    Stream.of(Rule.values())
        .forEach(rule ->
            assertEquals(
                1,
                text.lines().filter(line -> line.startsWith(rule.id() + " ")).count(),
                rule.id()));
  }
}
