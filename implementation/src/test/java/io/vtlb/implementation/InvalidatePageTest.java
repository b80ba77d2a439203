package io.vtlb.implementation;

import static io.vtlb.implementation.Answers.assertDropsEverything;
import static io.vtlb.implementation.Answers.assertDropsPage;
import static io.vtlb.implementation.Answers.assertReport;
import static io.vtlb.implementation.Guest.LARGE_IN_TWO_PIECES;
import static io.vtlb.implementation.Guest.P;
import static io.vtlb.implementation.Guest.PS;
import static io.vtlb.implementation.Guest.ROOT;
import static io.vtlb.implementation.Guest.U;
import static io.vtlb.model.machine.PrivilegeSet.SUPERVISOR;
import static io.vtlb.model.machine.PrivilegeSet.USER;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vtlb.model.event.EventCause;
import io.vtlb.model.event.Response;
import io.vtlb.model.event.ResyncKind;
import java.util.List;
import org.junit.jupiter.api.Test;

/** INVLPG removes the page in both sets and in every form, and no other page. */
class InvalidatePageTest {

  private static final int TABLE = 2;
  private final Guest guest = new Guest();

  @Test
  void thePageGoesInBothSetsAndItsNeighboursStay() {
    guest.entry(ROOT, 0, TABLE, P | U);
    for (int page = 0; page < 3; page++) {
      guest.entry(TABLE, page, 9 + page, P | U);
      guest.load(USER, page);
      guest.load(SUPERVISOR, page);
    }
    Response response = guest.invalidate(1);
    assertReport(EventCause.TLB_MANIPULATION, ResyncKind.PARTIAL, response);
    assertDropsPage(1, response);
    assertEquals("none", guest.seen(USER, 1));
    assertEquals("none", guest.seen(SUPERVISOR, 1));
    assertEquals(2, guest.entries(USER).size());
    assertEquals(2, guest.entries(SUPERVISOR).size());
  }

  @Test
  void aLargeEntryGoesAsAWhole() {
    guest.entry(ROOT, 1, 1024, P | U | PS);
    guest.load(USER, 1024);
    Response response = guest.invalidate(2047);
    assertDropsEverything(response);
    assertEquals(List.of(), guest.entries(USER));
  }

  @Test
  void allFragmentsGoAndPagesOfOtherRegionsStay() {
    guest.entry(ROOT, 1, LARGE_IN_TWO_PIECES, P | U | PS);
    guest.entry(ROOT, 2, LARGE_IN_TWO_PIECES, P | U | PS);
    guest.load(USER, 1024);
    guest.load(SUPERVISOR, 2047);
    guest.load(USER, 2048);
    Response response = guest.invalidate(1500);
    assertDropsEverything(response);
    assertEquals(1, guest.entries(USER).size());
    assertEquals(List.of(), guest.entries(SUPERVISOR));
    assertEquals("0x40000 r-x", guest.seen(USER, 2048));
  }

  @Test
  void pagesOfAnEarlierTableInTheRegionStay() {
    guest.entry(ROOT, 1, TABLE, P | U);
    guest.entry(TABLE, 7, 9, P | U);
    guest.load(SUPERVISOR, 1024 + 7);
    guest.entry(ROOT, 1, LARGE_IN_TWO_PIECES, P | U | PS);
    guest.invalidate(1024 + 8);
    assertEquals("0x10009 r-x", guest.seen(SUPERVISOR, 1024 + 7));
  }

  @Test
  void anEntryKeptByAFullResyncIsAFragmentIfTheGuestPageIsNowLarge() {
    guest.entry(ROOT, 1, TABLE, P | U);
    guest.entry(TABLE, 7, LARGE_IN_TWO_PIECES + 7, P | U);
    guest.load(SUPERVISOR, 1024 + 7);
    guest.entry(ROOT, 1, LARGE_IN_TWO_PIECES, P | U | PS | Guest.A);
    guest.root(ROOT);
    assertEquals("0x40007 r-x", guest.seen(SUPERVISOR, 1024 + 7));
    guest.invalidate(1024 + 8);
    assertEquals("none", guest.seen(SUPERVISOR, 1024 + 7));
  }
}
