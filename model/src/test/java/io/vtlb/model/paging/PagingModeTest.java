package io.vtlb.model.paging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.PageSize;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Modes as the manual's table 4-1 has them, and the linear addresses that they know. */
class PagingModeTest {

  @ParameterizedTest
  @CsvSource({
    // PG, PAE, LMA, LA57
    "0, 0, 0, 0, none",
    "0, 1, 0, 0, none",
    "0, 1, 0, 1, none",
    "1, 0, 0, 0, 32-bit",
    "1, 0, 0, 1, 32-bit",
    "1, 1, 0, 0, PAE",
    "1, 1, 0, 1, PAE",
    "1, 1, 1, 0, 4-level",
    "1, 1, 1, 1, 5-level"
  })
  void controlRegistersSelectAMode(int pg, int pae, int lma, int la57, String name) {
    ControlState control =
        new ControlState(
            ControlState.CR0_PE | pg * ControlState.CR0_PG,
            0,
            pae * ControlState.CR4_PAE | la57 * ControlState.CR4_LA57,
            lma * (ControlState.EFER_LME | ControlState.EFER_LMA));
    assertEquals(name, PagingMode.of(control).name());
    assertEquals(name.equals("PAE"), control.paePaging());
  }

  @ParameterizedTest
  @CsvSource({"none, 32, 0", "32-bit, 32, 2", "PAE, 32, 3", "4-level, 48, 4", "5-level, 57, 5"})
  void eachModeHasItsWidthAndLevels(String name, int bits, int levels) {
    PagingMode mode = mode(name);
    assertEquals(bits, mode.linearBits());
    assertEquals(levels, mode.levels().size());
    int indexed = mode.levels().stream().mapToInt(Level::indexBits).sum();
    assertEquals(levels == 0 ? 0 : bits - PageSize.BASE_SHIFT, indexed);
  }

  @ParameterizedTest
  @CsvSource({
    "4-level, 00007fffffffffff, true",
    "4-level, 0000800000000000, false",
    "4-level, ffff7fffffffffff, false",
    "4-level, ffff800000000000, true",
    "4-level, ffffffffffffffff, true",
    "4-level, 0001000000000000, false",
    "5-level, 0000800000000000, true",
    "5-level, 00ffffffffffffff, true",
    "5-level, 0100000000000000, false",
    "5-level, feffffffffffffff, false",
    "5-level, ff00000000000000, true",
    "5-level, 8000000000000000, false",
    "32-bit, 00000000ffffffff, true",
    "PAE, 00000000ffffffff, true",
    "none, 00000000ffffffff, true"
  })
  void anAddressIsCanonicalIfTheBitsAboveRepeatTheHighest(
      String name, String address, boolean canonical) {
    assertEquals(canonical, mode(name).isCanonical(Long.parseUnsignedLong(address, 16)));
  }

  @Test
  void pagesOfTheUpperHalfAreNegative() {
    assertEquals(-1, PageSize.page(-1L));
    assertEquals(-1, PagingMode.FOUR_LEVEL.canonicalPage((1L << 36) - 1));
    assertEquals(-(1L << 35), PagingMode.FOUR_LEVEL.canonicalPage(1L << 35));
    assertEquals((1L << 35) - 1, PagingMode.FOUR_LEVEL.canonicalPage((1L << 35) - 1));
    assertEquals(1L << 35, PagingMode.FIVE_LEVEL.canonicalPage(1L << 35));
    assertEquals(-(1L << 44), PagingMode.FIVE_LEVEL.canonicalPage(1L << 44));
    assertEquals(0xF_FFFFL, PagingMode.PAE.canonicalPage(-1));
  }

  @Test
  void anAddressOf32BitsHasNothingAbove() {
    assertEquals(0xFFFF_FFFFL, PagingMode.PAE.linear(-1));
    assertEquals(1, PagingMode.TWO_LEVEL.linear(1L << 32 | 1));
    assertEquals(2, PagingMode.NONE.linear(1L << 32 | 2));
    assertEquals(-1, PagingMode.FOUR_LEVEL.linear(-1));
  }

  @Test
  void aNegativePageSelectsTheSameEntriesAsItsAddress() {
    long page = PageSize.page(0xFFFF_8040_2060_3000L);
    List<Integer> indices =
        PagingMode.FOUR_LEVEL.levels().stream().map(level -> level.index(page)).toList();
    assertEquals(List.of(0x100, 0x100, 0x103, 0x003), indices);
    Level large = PagingMode.FOUR_LEVEL.level(2);
    assertEquals(PageSize.page(0xFFFF_8040_2060_0000L), large.firstPage(page));
    assertEquals(PageSize.LARGE_2M, large.pages());
  }

  @Test
  void aLargePageAtTheVeryTopCoversItsLastPage() {
    Translation last = new Translation(-512, 512, 0x200, WalkRights.ROOT, 0, 0, false, false);
    assertTrue(last.covers(-1));
    assertFalse(last.covers(0));
    assertEquals(0x3FF, last.frame(-1));
    assertEquals(-1, last.fragment(-1).page());
  }

  @Test
  void aRegionIsTheLargestPageOfTheMode() {
    assertEquals(PageSize.LARGE_4M, PagingMode.TWO_LEVEL.region());
    assertEquals(PageSize.LARGE_2M, PagingMode.PAE.region());
    assertEquals(PageSize.LARGE_1G, PagingMode.FOUR_LEVEL.region());
    assertEquals(PageSize.LARGE_1G, PagingMode.FIVE_LEVEL.region());
  }

  private static PagingMode mode(String name) {
    return PagingMode.ALL.stream().filter(mode -> mode.name().equals(name)).findAny().orElseThrow();
  }
}
