package io.vtlb.model.paging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.Profile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The layout of eight-byte entries (Intel SDM vol. 3, tables 4-8 to 4-20). */
class EightByteFormatTest {

  private static final long ONES = -1L;

  @Test
  void aTableLiesInBits51To12() {
    for (EntryFormat format :
        new EntryFormat[] {PagingMode.PAE.format(), PagingMode.FOUR_LEVEL.format()}) {
      assertEquals(0xFF_FFFF_FFFFL, format.tableFrame(ONES));
      assertEquals(0xFF_FFFF_FFFFL, format.rootFrame(new ControlState(0, ONES, 0, 0)));
      assertEquals(0, format.tableFrame(0xFFF0_0000_0000_0FFFL));
    }
  }

  @ParameterizedTest
  @CsvSource({"1, FFFFFFFE00", "0, FFFFFC0000", "2, FFFFFFFFFF"})
  void aLargePageLiesAboveItsOffset(int depthBelowTop, String frame) {
    Level level = PagingMode.FOUR_LEVEL.level(1 + depthBelowTop);
    assertEquals(
        Long.parseLong(frame, 16),
        PagingMode.FOUR_LEVEL.format().leafFrame(ONES, level, Profile.GENERIC_64));
  }

  @Test
  void bit63DisablesExecution() {
    assertTrue(PagingMode.PAE.format().disablesExecution(1L << 63));
    assertFalse(PagingMode.PAE.format().disablesExecution(ONES >>> 1));
  }

  @Test
  void bits62To59AreTheKeyIn4And5LevelPagingOnly() {
    assertEquals(0xF, PagingMode.FOUR_LEVEL.format().protectionKey(0xFL << 59));
    assertEquals(0, PagingMode.FIVE_LEVEL.format().protectionKey(~(0xFL << 59)));
    assertEquals(8, PagingMode.FIVE_LEVEL.format().protectionKey(1L << 62));
    assertEquals(0, PagingMode.PAE.format().protectionKey(ONES));
    assertEquals(8, PagingMode.PAE.format().bytes());
  }
}
