package io.vtlb.conformance.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What an ingredient is worth is measured by seeds, whatever the number of threads. */
class BenchIngredientsTest {

  private static Typed ingredients(Object... more) {
    Object[] all = new Object[more.length + 10];
    System.arraycopy(
        new Object[] {
          "bench",
          "ingredients",
          "--ingredient",
          "shared-table",
          "--fault",
          "invlpg-ignored",
          "--runs",
          3,
          "--sequences",
          50
        },
        0,
        all,
        0,
        10);
    System.arraycopy(more, 0, all, 10, more.length);
    return Typed.of(all);
  }

  @Test
  void aFaultIsFoundWithAndWithoutAnIngredientAndWithOnlyIt() {
    Typed typed = ingredients("--only", "--json");
    assertEquals(0, typed.code(), typed::err);
    assertEquals("ingredients", typed.json().get("benchmark").asString());
    assertEquals(1, typed.json().get("trials").size());
    JsonNode trial = typed.json().get("trials").get(0);
    assertEquals("shared-table", trial.get("ingredient").asString());
    assertEquals("invlpg-ignored", trial.get("fault").asString());
    for (String kind : new String[] {"with", "without", "only"}) {
      assertEquals(3, trial.get(kind).get("found").intValue(), kind);
      assertEquals(1.0, trial.get(kind).get("share").doubleValue(), kind);
      assertTrue(trial.get(kind).get("medianSequences").intValue() >= 1, kind);
    }
  }

  @Test
  void theNumberOfThreadsHasNoInfluence() {
    assertEquals(ingredients("--jobs", 1).out(), ingredients("--jobs", 3).out());
  }

  @Test
  void wrongUsageIsRefused() {
    ingredients("--fault", "no-such-fault").assertRefused("no-such-fault");
    ingredients("--ingredient", "salt").assertRefused("salt");
    Typed.of("bench", "ingredients", "--runs", 0).assertRefused("--runs");
  }
}
