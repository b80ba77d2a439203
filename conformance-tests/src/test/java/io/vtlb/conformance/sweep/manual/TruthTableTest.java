package io.vtlb.conformance.sweep.manual;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vtlb.conformance.sweep.manual.TruthTable.Row;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A truth table is complete and unambiguous, or there is none. */
class TruthTableTest {

  @Test
  void eachSituationGetsTheVerdictOfItsRow() {
    TruthTable table =
        TruthTable.of(2, List.of(new Row("0-", true), new Row("1 0", false), new Row("1 1", true)));
    assertTrue(table.at(0b00));
    assertTrue(table.at(0b01));
    assertFalse(table.at(0b10));
    assertTrue(table.at(0b11));
  }

  @Test
  void aSituationWithoutARowIsRefused() {
    List<Row> rows = List.of(new Row("0-", true), new Row("10", false));
    assertThrows(IllegalStateException.class, () -> TruthTable.of(2, rows));
  }

  @Test
  void aSituationWithTwoRowsIsRefused() {
    List<Row> rows = List.of(new Row("--", true), new Row("10", false));
    assertThrows(IllegalStateException.class, () -> TruthTable.of(2, rows));
  }
}
