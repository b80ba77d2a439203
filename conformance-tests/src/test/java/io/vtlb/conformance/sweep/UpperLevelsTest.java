package io.vtlb.conformance.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vtlb.model.paging.PagingMode;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Upper levels matter only through the state that they accumulate. */
class UpperLevelsTest {

  private static void assertHolds(PagingMode mode, long combinations) {
    UpperLevels.Result result = UpperLevels.check(mode, Subject::model);
    assertEquals(List.of(), result.shown());
    assertEquals(0, result.disagreements());
    assertEquals(combinations, result.combinations());
  }

  @Test
  void thereIsNothingAboveTwoLevels() {
    assertHolds(PagingMode.TWO_LEVEL, 0);
  }

  @Test
  void aRegisterOnlyNamesATable() {
    assertHolds(PagingMode.PAE, 2_520);
  }

  @Test
  void twoUpperLevels() {
    assertHolds(PagingMode.FOUR_LEVEL, 96L * 64 * 15 * 2);
  }

  @Tag("soak")
  @Test
  void threeUpperLevels() {
    assertHolds(PagingMode.FIVE_LEVEL, 96L * 96 * 64 * 15 * 2);
  }

  @Test
  void aWalkerThatForgetsUpperRightsIsNoticed() {
    for (WrongSubject wrong :
        List.of(
            WrongSubject.USER_OF_THE_LEAF_ONLY,
            WrongSubject.WRITABLE_OF_THE_LEAF_ONLY,
            WrongSubject.XD_OF_THE_LEAF_ONLY)) {
      UpperLevels.Result result = UpperLevels.check(PagingMode.FOUR_LEVEL, wrong);
      assertTrue(result.disagreements() > 0, wrong.name());
      assertEquals(Tally.SHOWN, result.shown().size());
      assertTrue(result.shown().getFirst().startsWith("4-level, upper entries no. "));
    }
  }
}
