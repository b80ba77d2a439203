package io.vtlb.specs.generate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vtlb.specs.smt.SmallWorld;
import io.vtlb.specs.smt.Specification;
import io.vtlb.specs.smt.Twin;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What a search finds, and what it says when it finds nothing. */
class CellSearchTest {

  private static final int MILLIS = 120_000;
  private static final Specification SPECIFICATION = Specification.load();
  private static final SmallWorld WORLD = SPECIFICATION.smallWorld("two-level");

  private static List<Scenario> into(String goal, int bound, int millis) {
    return new CellSearch(WORLD, bound, List.of(GoalPattern.of(goal)), millis)
        .run(SearchProgress.NONE);
  }

  @Test
  void aStaleEntryTakesThreeOperations() {
    List<Scenario> found =
        into("invlpg-event/tlb-manipulation/stale/supervisor/moved/4k", 3, MILLIS);
    assertEquals(1, found.size());
    assertEquals(3, found.getFirst().steps().size());
    assertEquals("invalidate-page", found.getFirst().steps().getLast().operation().words());
  }

  @Test
  void noEventOfOneKindHasTheCauseOfAnother() {
    assertEquals(List.of(), into("privilege-event/inconsistency", 2, MILLIS));
    assertEquals(2, into("privilege-event/*/absent/supervisor/unchanged/4k", 1, MILLIS).size());
  }

  @Test
  void aSolverThatRunsOutOfTimeSaysSo() {
    SolverLimit limit = assertThrows(SolverLimit.class, () -> into("store-fault/*/stale", 5, 1));
    assertTrue(limit.getMessage().startsWith("two-level, sequences of "), limit.getMessage());
  }

  /** What a mistake needs to show does not depend on what else was looked for before. */
  @Test
  void mistakesAreToldApartByShortestSequences() {
    Map<String, Integer> lengths = shippedLengths();
    Map<String, SmallWorld> sample =
        SPECIFICATION.twins().stream()
            .filter(twin -> twin.name().startsWith("r"))
            .collect(
                Collectors.toMap(Twin::name, twin -> SPECIFICATION.smallWorld("two-level", twin)));
    List<Scenario> found = new TwinSearch(WORLD, sample, 3, MILLIS).run();
    assertEquals(3, found.size());
    for (Scenario scenario : found) {
      String twin = ((Goal.Against) scenario.goal()).twin();
      assertEquals(lengths.get(twin), scenario.steps().size(), twin);
    }
  }

  private static Map<String, Integer> shippedLengths() {
    return ShippedScenarios.files().getFirst().scenarios().stream()
        .filter(scenario -> scenario.goal() instanceof Goal.Against)
        .collect(
            Collectors.toMap(
                scenario -> ((Goal.Against) scenario.goal()).twin(),
                scenario -> scenario.steps().size()));
  }
}
