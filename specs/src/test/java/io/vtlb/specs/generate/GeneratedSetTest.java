package io.vtlb.specs.generate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vtlb.specs.cell.Cell;
import io.vtlb.specs.cell.CellTable;
import io.vtlb.specs.smt.Specification;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The generated set that ships is what the specification that ships gives. */
class GeneratedSetTest {

  private static final int MILLIS = 600_000;

  static List<ScenarioFile> files() {
    return ShippedScenarios.files();
  }

  @ParameterizedTest
  @MethodSource("files")
  void theSetIsOfTheSpecificationAsItIs(ScenarioFile file) {
    assertEquals(
        SearchRecord.hash(Specification.load(), file.search().world()),
        file.search().specification(),
        "the definitions have changed: generate the set anew with './vtlb generate --set-only --out"
            + " specs/src/main/resources/io/vtlb/specs/generate'");
    assertEquals(Generation.USUAL_BOUND, file.search().bound());
  }

  @ParameterizedTest
  @MethodSource("files")
  void eachCellHasOneSequenceAndTheDefinitionsLeaveRoomForIt(ScenarioFile file) {
    Set<Cell> allowed = file.search().allowed();
    Set<Cell> seen = new HashSet<>();
    int length = 1;
    for (Scenario scenario : file.scenarios()) {
      if (scenario.goal() instanceof Goal.Into(Cell cell)) {
        assertTrue(seen.add(cell), cell.word());
        assertTrue(allowed.contains(cell), cell.word());
        assertTrue(scenario.steps().size() >= length, cell.word());
        length = scenario.steps().size();
        assertTrue(length <= file.search().bound());
      }
    }
    assertFalse(seen.isEmpty());
  }

  @ParameterizedTest
  @MethodSource("files")
  void whatIsWrittenIsReadBack(ScenarioFile file) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    file.write(out);
    assertEquals(file, ScenarioFile.read(new ByteArrayInputStream(out.toByteArray())));
  }

  /**
   * A sample: the whole search, as far as it takes seconds. That the solver gives the same
   * sequences is not asked for, but that the same cells take as many operations.
   */
  @Test
  void theShortestOfTheSetAreFoundAgain() {
    assertEquals(lengths(shipped("two-level", 2)), lengths(searched("two-level", 2)));
    assertEquals(lengths(shipped("four-level", 1)), lengths(searched("four-level", 1)));
  }

  @Test
  void theTableIsWhatTheSearchesSay() {
    CellTable table = ShippedScenarios.table();
    assertTrue(table.reachable().size() > 8000, "reachable: " + table.reachable().size());
    assertTrue(table.excluded() > Cell.COUNT / 2, "excluded: " + table.excluded());
    assertTrue(table.unreached() > 0, "unreached: " + table.unreached());
    assertEquals(Generation.USUAL_BOUND, table.bound());
  }

  @Test
  void thePairsOfTheTablesAreFoundAgain() {
    for (ScenarioFile file : files()) {
      assertEquals(
          file.search().pairs(),
          new PairTables(Specification.load().smallWorld(file.search().world()), MILLIS)
              .possible());
    }
  }

  /** {@code mvn verify -Pregenerate} */
  @Tag("regenerate")
  @ParameterizedTest
  @MethodSource("files")
  void theWholeSetIsFoundAgain(ScenarioFile file) {
    long start = System.nanoTime();
    ScenarioFile again =
        new Generation(Specification.load(), file.search().world(), file.search().bound(), MILLIS)
            .run(List.of(), SearchProgress.NONE);
    System.out.printf(
        "%s: %d sequences in %d s%n",
        file.search().world(),
        again.scenarios().size(),
        (System.nanoTime() - start) / 1_000_000_000);
    assertEquals(lengths(file.scenarios()), lengths(again.scenarios()));
    System.out.println(
        file.lines().equals(again.lines()) ? "the same bytes" : "the same lengths, other bytes");
  }

  private static Map<Goal, Integer> lengths(List<Scenario> scenarios) {
    return scenarios.stream()
        .collect(Collectors.toMap(Scenario::goal, scenario -> scenario.steps().size()));
  }

  private static List<Scenario> shipped(String world, int longest) {
    return files().stream()
        .filter(file -> file.search().world().equals(world))
        .flatMap(file -> file.scenarios().stream())
        .filter(scenario -> scenario.goal() instanceof Goal.Into)
        .filter(scenario -> scenario.steps().size() <= longest)
        .toList();
  }

  private static List<Scenario> searched(String world, int longest) {
    return new CellSearch(Specification.load().smallWorld(world), longest, List.of(), MILLIS)
        .run(SearchProgress.NONE);
  }
}
