package io.vtlb.implementation;

import static io.vtlb.implementation.Answers.assertFault;
import static io.vtlb.implementation.Answers.assertInstalled;
import static io.vtlb.implementation.Guest.A;
import static io.vtlb.implementation.Guest.D;
import static io.vtlb.implementation.Guest.P;
import static io.vtlb.implementation.Guest.U;
import static io.vtlb.implementation.Guest.W;
import static io.vtlb.model.machine.PrivilegeSet.SUPERVISOR;
import static io.vtlb.model.machine.PrivilegeSet.USER;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vtlb.model.machine.ControlRegister;
import io.vtlb.model.machine.FaultCode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** A walk uses every level of its mode, and combines what all of them grant. */
class WalkTest {

  /** Pages whose entries lie at different positions on every level; negative ones are high. */
  private static final Map<Layout, List<Long>> PAGES =
      Map.of(
          Layout.BITS_32, List.of(0L, 0x401L, 0xFFFFFL),
          Layout.PAE, List.of(0L, 0x40201L, 0xFFFFFL),
          Layout.LEVELS_4, List.of(0L, 0x7_FFFF_FFFL, -1L, -0x8_0000_000L, 0x123_4567L),
          Layout.LEVELS_5, List.of(0L, 0xFFF_FFFF_FFFL, -1L, -0x1000_0000_000L, -0x8_0000_000L));

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "NO_PAGING")
  void reachesThePageAndSetsEveryBit(Layout layout) {
    for (long page : PAGES.getOrDefault(layout, List.of())) {
      Guest guest = new Guest(layout);
      guest.map(page, 9, P | W | U);
      assertInstalled(guest.store(USER, page));
      assertEquals("0x10009 rwx", guest.seen(USER, page));
      assertEquals(page, guest.entries(USER).getFirst().page());
      assertEquals(P | W | U | A | D, guest.get(page, 0) & 0xFFF);
      for (int level = 1; level < layout.levels(); level++) {
        assertEquals(P | W | U | A, guest.get(page, level) & 0xFFF, "level " + level);
      }
      assertEquals(layout.levels(), guest.memory.updates().size());
      guest.invalidate(page);
      assertEquals("none", guest.seen(USER, page));
    }
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "NO_PAGING")
  void stopsAtAMissingEntryOfAnyLevel(Layout layout) {
    for (int level = 0; level < layout.levels(); level++) {
      Guest guest = new Guest(layout);
      guest.map(5, 9, P | W | U);
      guest.flip(5, level, P);
      assertFault(FaultCode.USER | FaultCode.WRITE, guest.store(USER, 5));
      assertEquals(List.of(), guest.memory.updates());
    }
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "NO_PAGING")
  void takesRightsAwayAtAnyLevel(Layout layout) {
    for (int level = 0; level < layout.levels(); level++) {
      Guest guest = new Guest(layout);
      guest.map(5, 9, P | W | U | D);
      guest.flip(5, level, W);
      assertInstalled(guest.load(USER, 5));
      assertEquals("0x10009 r-x", guest.seen(USER, 5));
      assertFault(7, guest.store(USER, 5));
      assertFault(3, guest.store(SUPERVISOR, 5));
      guest.flip(5, level, U | W);
      assertFault(5, guest.load(USER, 5));
      assertInstalled(guest.store(SUPERVISOR, 5));
    }
  }

  @Test
  void addressBitsAboveBit31AreUsed() {
    for (Layout layout : List.of(Layout.PAE, Layout.LEVELS_4, Layout.LEVELS_5)) {
      Guest guest = new Guest(layout);
      guest.map(5, 0x100003, P);
      assertInstalled(guest.load(SUPERVISOR, 5));
      assertEquals("0x200003 r-x", guest.seen(SUPERVISOR, 5));
    }
  }

  @Test
  void theRootIgnoresTheUpperHalfOfCr3With32BitPaging() {
    Guest guest = new Guest(Layout.BITS_32);
    guest.map(5, 9, P);
    guest.write(ControlRegister.CR3, 0x7_0000_1018L);
    assertInstalled(guest.load(SUPERVISOR, 5));
  }
}
