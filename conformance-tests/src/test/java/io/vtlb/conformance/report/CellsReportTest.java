package io.vtlb.conformance.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vtlb.conformance.generate.ModeChoice;
import io.vtlb.conformance.run.TargetSource;
import io.vtlb.conformance.target.ObservedMachine;
import io.vtlb.conformance.target.Targets;
import io.vtlb.conformance.verify.Progress;
import io.vtlb.conformance.verify.Verification;
import io.vtlb.conformance.verify.VerificationPlan;
import io.vtlb.conformance.verify.Verifier;
import io.vtlb.model.reference.ReferenceVmm;
import io.vtlb.model.target.Target;
import io.vtlb.specs.cell.Cell;
import io.vtlb.specs.cell.CellTable;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** The cells of a run are shown beside those that can be reached. */
class CellsReportTest {

  private static final int SEQUENCES = 20;

  private static Verification run(TargetSource target) {
    return Verifier.verify(
        new VerificationPlan(
            target,
            1,
            SEQUENCES,
            Optional.empty(),
            40,
            ModeChoice.MIXED,
            VerificationPlan.everyRule(),
            1,
            VerificationPlan.USUAL_FAILURES),
        Progress.NONE);
  }

  private static Verification ofReference() {
    return run(Targets.named("reference", List.of()));
  }

  private static Verification ofWholeMachine() {
    Supplier<Target> maker = () -> new ObservedMachine(new ReferenceVmm());
    return run(TargetSource.inProcess("observed", maker.get().describe(), maker));
  }

  /** Nothing that an event can be. */
  private static final Cell NEVER = Cell.of(Cell.COUNT - 1);

  @Test
  void reachedMissedAndBeyondAreCounted() {
    Verification run = ofReference();
    Cell first = run.cells().cells().getFirst();
    ObjectNode json = CellsJson.of(run, new CellTable(Set.of(first, NEVER), 100, 6));
    assertTrue(json.get("measured").booleanValue());
    assertEquals(2, json.get("reachable").intValue());
    assertEquals(1, json.get("reached").intValue());
    assertEquals(1, json.get("missed").intValue());
    assertEquals(run.cells().size() - 1, json.get("beyond").intValue());
    assertEquals(100, json.get("excluded").intValue());
    assertEquals(Cell.COUNT - 102, json.get("unreachable").intValue());
    assertEquals(6, json.get("bound").intValue());
    assertEquals(1, json.get("byEvent").get(first.event().word()).get("reached").intValue());
    assertEquals(1, json.get("byEvent").get(NEVER.event().word()).get("missed").intValue());
    assertEquals(NEVER.word(), json.get("missedCells").get(0).asString());
    assertEquals(run.cells().size() - 1, json.get("beyondCells").size());
  }

  @Test
  void theTableSaysTheSame() {
    Verification run = ofReference();
    Cell first = run.cells().cells().getFirst();
    String text = CellsText.of(run, new CellTable(Set.of(first, NEVER), 100, 6));
    assertTrue(
        text.lines()
            .anyMatch(line -> line.matches("all +2 +1 +1 +%d".formatted(run.cells().size() - 1))),
        text);
    assertTrue(text.lines().anyMatch(line -> line.matches("privilege-event +1 +0 +1 +.*")), text);
    assertTrue(
        text.contains(
            "in the small worlds 100 cells are excluded by the definitions, %d proved unreachable by at most 6 operations\n"
                .formatted(Cell.COUNT - 102)),
        text);
  }

  @Test
  void aWholeMachineHasNoCells() {
    Verification run = ofWholeMachine();
    String reason = "not measured: needs level 2; the target shows level 1";
    assertEquals(0, run.cells().size());
    assertEquals("\ncells: " + reason + "\n", CellsText.of(run, new CellTable(Set.of(), 0, 0)));
    ObjectNode json = CellsJson.of(run, new CellTable(Set.of(), 0, 0));
    assertFalse(json.get("measured").booleanValue());
    assertEquals(reason, json.get("reason").asString());
    assertEquals(2, json.size());
  }
}
