package io.vtlb.specs.generate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vtlb.specs.cell.Cell;
import org.junit.jupiter.api.Test;

class GoalPatternTest {

  private static final Cell CELL = Cell.of("store-fault/inconsistency/stale/user/made-reserved/4k");

  @Test
  void wordsThatAreLeftOutMatchEverything() {
    assertTrue(GoalPattern.of("store-fault").matches(CELL));
    assertTrue(GoalPattern.of("*/*/stale").matches(CELL));
    assertFalse(GoalPattern.of("*/*/absent").matches(CELL));
    assertEquals("store-fault/*/*/*/*/*", GoalPattern.of("store-fault").word());
  }

  @Test
  void anUnknownWordIsNamedWithThoseThatThereAre() {
    String message =
        assertThrows(IllegalArgumentException.class, () -> GoalPattern.of("store-fault/why"))
            .getMessage();
    assertTrue(message.startsWith("'why' is no cause; there are: guest-page-fault "), message);
    message =
        assertThrows(IllegalArgumentException.class, () -> GoalPattern.of("*/*/*/*/*/*/*"))
            .getMessage();
    assertTrue(message.contains("has 7 words"), message);
  }

  @Test
  void cellsAreWhatTheirWordsAndNumbersSay() {
    for (int number = 0; number < Cell.COUNT; number++) {
      Cell cell = Cell.of(number);
      assertEquals(number, cell.number());
      assertEquals(cell, Cell.of(cell.word()));
    }
  }
}
