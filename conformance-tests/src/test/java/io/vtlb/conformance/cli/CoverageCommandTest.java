package io.vtlb.conformance.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vtlb.conformance.generate.Ingredient;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What random runs reach is shown by target, rule and ingredient. */
class CoverageCommandTest {

  @Test
  void everyTargetHasATableAndBlindSpotsComeLast() {
    Typed typed = Typed.of("coverage", "--sequences", 40);
    typed.assertExits(0);
    int bundled = typed.out().indexOf("\ntarget bundled (level 3)");
    int reference = typed.out().indexOf("\ntarget reference (level 3)");
    int blind = typed.out().indexOf("\nblind spots: ");
    assertTrue(0 < bundled && bundled < reference && reference < blind, typed.out());
    assertTrue(typed.out().substring(blind).contains(": never with "), typed.out());
  }

  @Test
  void onlyIngredientsThatAreAllowedAndOfferedAreShown() {
    Typed typed =
        Typed.of(
            "coverage",
            "--target",
            "reference",
            "--sequences",
            60,
            "--ingredients",
            "shared-table,return-to-old-root",
            "--json");
    typed.assertExits(0);
    JsonNode run = typed.json().get(0);
    assertEquals("reference", run.get("target").asString());
    JsonNode sequences = run.get("coverage").get("sequences");
    assertEquals(3, sequences.size());
    assertTrue(sequences.get("shared-table").intValue() > 0);
    assertTrue(sequences.get("plain").intValue() > 0);
    assertFalse(sequences.has(Ingredient.FRAME_AT_TWO_LEVELS.word()));
    assertTrue(run.get("exercised").get("DERIVE-1").intValue() > 0);
    assertTrue(run.has("blindSpots"));
  }

  @Test
  void aTargetThatBreaksARuleIsSaidToDoSo() {
    Typed typed =
        Typed.of("coverage", "--target", "fault:invlpg-ignored", "--sequences", 200, "--json");
    typed.assertExits(1);
    assertEquals("fails", typed.json().get(0).get("verdict").asString());
  }

  @Test
  void wrongUsageIsRefused() {
    Typed.of("coverage", "--sequences", 0).assertRefused("--sequences");
    Typed.of("coverage", "--ingredients", "salt").assertRefused("salt");
    Typed.of("coverage", "--target", "nobody").assertRefused("nobody");
  }
}
