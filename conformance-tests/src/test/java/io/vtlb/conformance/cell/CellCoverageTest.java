package io.vtlb.conformance.cell;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vtlb.model.event.EventCause;
import io.vtlb.model.machine.PrivilegeSet;
import io.vtlb.specs.cell.Before;
import io.vtlb.specs.cell.Cell;
import io.vtlb.specs.cell.CellSize;
import io.vtlb.specs.cell.CellTable;
import io.vtlb.specs.cell.Edit;
import io.vtlb.specs.cell.EventKind;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a run reached is counted beside what can be reached. */
class CellCoverageTest {

  private static final Cell REACHED = cell(EventKind.LOAD_FAULT, Edit.MAPPED);
  private static final Cell MISSED = cell(EventKind.LOAD_FAULT, Edit.MOVED);
  private static final Cell MISSED_TOO = cell(EventKind.CR3_WRITE, Edit.MOVED);
  private static final Cell BEYOND = cell(EventKind.CR3_WRITE, Edit.RESIZED);

  private static Cell cell(EventKind event, Edit edit) {
    return new Cell(
        event, EventCause.INCONSISTENCY, Before.ABSENT, PrivilegeSet.USER, edit, CellSize.SIZE_4K);
  }

  private static CellSet set(Cell... cells) {
    CellSet set = new CellSet();
    List.of(cells).forEach(set::add);
    return set;
  }

  private static CellCoverage coverage() {
    return new CellCoverage(
        set(BEYOND, REACHED), new CellTable(Set.of(MISSED, MISSED_TOO, REACHED), 7, 5));
  }

  @Test
  void eachEventIsCountedByItself() {
    assertEquals(new CellCoverage.Counts(1, 1, 0), coverage().of(EventKind.LOAD_FAULT));
    assertEquals(new CellCoverage.Counts(0, 1, 1), coverage().of(EventKind.CR3_WRITE));
    assertEquals(new CellCoverage.Counts(0, 0, 0), coverage().of(EventKind.EFER_WRITE));
    assertEquals(new CellCoverage.Counts(1, 2, 1), coverage().all());
    assertEquals(3, coverage().all().reachable());
  }

  @Test
  void whatWasMissedIsNamedInOrder() {
    assertEquals(List.of(MISSED, MISSED_TOO), coverage().missed());
    assertEquals(List.of(BEYOND), coverage().beyond());
  }

  @Test
  void aSetGrowsByAnother() {
    CellSet set = set(REACHED);
    set.add(set(BEYOND, REACHED));
    assertEquals(List.of(REACHED, BEYOND), set.cells());
    assertEquals(2, set.size());
  }
}
