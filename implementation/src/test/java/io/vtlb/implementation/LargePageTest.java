package io.vtlb.implementation;

import static io.vtlb.implementation.Answers.assertDevice;
import static io.vtlb.implementation.Answers.assertDropsEverything;
import static io.vtlb.implementation.Answers.assertDropsPage;
import static io.vtlb.implementation.Answers.assertFault;
import static io.vtlb.implementation.Answers.assertInstalled;
import static io.vtlb.implementation.Guest.A;
import static io.vtlb.implementation.Guest.D;
import static io.vtlb.implementation.Guest.LARGE_HALF_DEVICE;
import static io.vtlb.implementation.Guest.LARGE_IN_TWO_PIECES;
import static io.vtlb.implementation.Guest.P;
import static io.vtlb.implementation.Guest.PS;
import static io.vtlb.implementation.Guest.ROOT;
import static io.vtlb.implementation.Guest.U;
import static io.vtlb.implementation.Guest.W;
import static io.vtlb.model.machine.PrivilegeSet.SUPERVISOR;
import static io.vtlb.model.machine.PrivilegeSet.USER;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vtlb.model.event.Response;
import io.vtlb.model.machine.AccessRights;
import io.vtlb.model.target.ActiveEntry;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A guest page of 4 MiB is one entry if the host holds it in one piece, else one for each page. */
class LargePageTest {

  private static final int TABLE = 2;
  private static final int FIRST = 1024;
  private static final int LAST = 2047;
  private final Guest guest = new Guest();

  @Test
  void oneEntryMapsTheWholePage() {
    guest.entry(ROOT, 1, 1024, P | W | U | PS);
    assertInstalled(guest.load(USER, LAST));
    AccessRights rights = new AccessRights(true, false, true);
    assertEquals(
        List.of(new ActiveEntry(FIRST, 1024, Guest.HOST + 1024, rights)), guest.entries(USER));
  }

  @Test
  void aLargePageInTwoPiecesIsInstalledPageByPage() {
    guest.entry(ROOT, 1, LARGE_IN_TWO_PIECES, P | W | U | PS | A | D);
    guest.load(USER, FIRST);
    guest.load(USER, LAST);
    assertEquals(2, guest.entries(USER).size());
    assertEquals("0x40000 rwx", guest.seen(USER, FIRST));
    assertEquals("0x801ff rwx", guest.seen(USER, LAST));
    assertEquals("none", guest.seen(USER, FIRST + 1));
  }

  @Test
  void aLargePageMayBeHalfADevice() {
    guest.entry(ROOT, 1, LARGE_HALF_DEVICE, P | W | U | PS | A | D);
    assertInstalled(guest.load(USER, FIRST + 511));
    assertDevice(guest.load(USER, FIRST + 512));
    assertEquals("0x901ff rwx", guest.seen(USER, FIRST + 511));
    assertEquals("none", guest.seen(USER, FIRST + 512));
  }

  @Test
  void aLargePageReplacesTheEntriesOfTheTableBeforeIt() {
    guest.entry(ROOT, 1, TABLE, P | W);
    guest.entry(TABLE, 0, 9, P | W);
    guest.load(SUPERVISOR, FIRST);
    guest.entry(ROOT, 1, 1024, P | W | PS);
    Response response = guest.load(SUPERVISOR, LAST);
    assertInstalled(response);
    assertDropsEverything(response);
    assertEquals(1, guest.entries(SUPERVISOR).size());
    assertEquals("0x10400 r-x", guest.seen(SUPERVISOR, FIRST));
  }

  @Test
  void aTablePageReplacesTheLargeEntryBeforeIt() {
    guest.entry(ROOT, 1, 1024, P | W | PS);
    guest.load(SUPERVISOR, FIRST);
    guest.entry(ROOT, 1, TABLE, P | W);
    guest.entry(TABLE, 0, 9, P | W);
    Response response = guest.store(SUPERVISOR, FIRST);
    assertInstalled(response);
    assertDropsEverything(response);
    assertEquals("0x10009 rwx", guest.seen(SUPERVISOR, FIRST));
    assertEquals("none", guest.seen(SUPERVISOR, LAST));
  }

  @Test
  void fragmentsOfALargePageThatMovedAreMadeToMatch() {
    guest.entry(ROOT, 1, LARGE_IN_TWO_PIECES, P | U | PS);
    guest.load(USER, FIRST);
    guest.load(SUPERVISOR, FIRST + 1);
    guest.entry(ROOT, 1, LARGE_HALF_DEVICE, P | U | PS);
    Response response = guest.load(USER, FIRST);
    assertDropsEverything(response);
    assertEquals("0x90000 r-x", guest.seen(USER, FIRST));
    assertEquals("0x90001 r-x", guest.seen(SUPERVISOR, FIRST + 1));
  }

  @Test
  void theFirstStoreWidensTheWholeEntry() {
    guest.entry(ROOT, 1, 1024, P | W | PS);
    guest.load(SUPERVISOR, FIRST);
    Response response = guest.store(SUPERVISOR, LAST);
    assertInstalled(response);
    assertDropsEverything(response);
    assertEquals("0x10400 rwx", guest.seen(SUPERVISOR, FIRST));
  }

  @Test
  void aReservedBitFaultsWithoutLookingFurther() {
    guest.entry(ROOT, 1, 1024, P | W | U | PS | 1 << 21);
    assertFault(0xD, guest.load(USER, FIRST));
    guest.entry(ROOT, 1, 1024, W | U | PS | 1 << 21);
    assertFault(0x4, guest.load(USER, FIRST));
  }

  @Test
  void aDeliveredFaultRemovesAllOfALargePage() {
    guest.entry(ROOT, 1, LARGE_IN_TWO_PIECES, P | U | PS);
    guest.load(USER, FIRST);
    guest.load(USER, LAST);
    Response response = guest.store(USER, FIRST);
    assertFault(0x7, response);
    assertDropsEverything(response);
    assertEquals(List.of(), guest.entries(USER));
  }

  @Test
  void aLoneFragmentNeedsOnlyItsPageDropped() {
    guest.entry(ROOT, 1, LARGE_IN_TWO_PIECES, P | U | PS);
    guest.load(USER, FIRST);
    assertDropsPage(FIRST, guest.invalidate(FIRST));
  }
}
