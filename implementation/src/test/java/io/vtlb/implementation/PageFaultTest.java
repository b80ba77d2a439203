package io.vtlb.implementation;

import static io.vtlb.implementation.Answers.assertDropsNothing;
import static io.vtlb.implementation.Answers.assertDropsPage;
import static io.vtlb.implementation.Answers.assertFault;
import static io.vtlb.implementation.Answers.assertInstalled;
import static io.vtlb.implementation.Answers.assertReport;
import static io.vtlb.implementation.Guest.A;
import static io.vtlb.implementation.Guest.D;
import static io.vtlb.implementation.Guest.P;
import static io.vtlb.implementation.Guest.ROOT;
import static io.vtlb.implementation.Guest.U;
import static io.vtlb.implementation.Guest.W;
import static io.vtlb.model.machine.PrivilegeSet.SUPERVISOR;
import static io.vtlb.model.machine.PrivilegeSet.USER;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vtlb.model.event.EventCause;
import io.vtlb.model.event.Response;
import io.vtlb.model.event.Response.Action;
import io.vtlb.model.event.ResyncKind;
import io.vtlb.model.machine.FaultCode;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A page fault is resolved, handed over, or found spurious by what the guest's tables say now. */
class PageFaultTest {

  private static final int TABLE = 2;
  private static final int PAGE = 5;
  private final Guest guest = new Guest();

  @BeforeEach
  void mapOnePage() {
    guest.entry(ROOT, 0, TABLE, P | W | U);
    guest.entry(TABLE, PAGE, 9, P | W | U);
  }

  @Test
  void aNewMachineHasNoValidEntry() {
    assertEquals(List.of(), guest.entries(SUPERVISOR));
    assertEquals(List.of(), guest.entries(USER));
  }

  @Test
  void aPermittedAccessGetsAnEntryInItsSetOnly() {
    Response response = guest.load(USER, PAGE);
    assertInstalled(response);
    assertDropsNothing(response);
    assertEquals("0x10009 r-x", guest.seen(USER, PAGE));
    assertEquals("none", guest.seen(SUPERVISOR, PAGE));
  }

  @Test
  void theFirstStoreWidensTheEntryAndDropsTheNarrowOne() {
    guest.load(USER, PAGE);
    Response response = guest.store(USER, PAGE);
    assertInstalled(response);
    assertDropsPage(PAGE, response);
    assertEquals("0x10009 rwx", guest.seen(USER, PAGE));
  }

  @Test
  void aMissingPageIsTheGuestsOwnFault() {
    Response response = guest.load(USER, PAGE + 1);
    assertFault(FaultCode.USER, response);
    assertEquals(
        new Action.InjectPageFault(new FaultCode(FaultCode.USER), ((PAGE + 1) << 12) | 0x120),
        response.action());
    assertDropsNothing(response);
  }

  @Test
  void aDeliveredFaultRemovesThePageFromBothSets() {
    guest.load(USER, PAGE);
    guest.load(SUPERVISOR, PAGE);
    guest.entry(TABLE, PAGE, 9, 0);
    Response response = guest.store(USER, PAGE);
    assertFault(FaultCode.USER | FaultCode.WRITE, response);
    assertDropsPage(PAGE, response);
    assertEquals("none", guest.seen(USER, PAGE));
    assertEquals("none", guest.seen(SUPERVISOR, PAGE));
  }

  @Test
  void anEntryThatAlreadyPermitsMakesTheFaultSpurious() {
    guest.load(USER, PAGE);
    Response response = guest.fetch(USER, PAGE);
    assertReport(EventCause.SPURIOUS, ResyncKind.NONE, response);
    assertDropsPage(PAGE, response);
  }

  @Test
  void aStaleEntryOfTheOtherSetIsMadeToMatch() {
    guest.store(SUPERVISOR, PAGE);
    guest.entry(TABLE, PAGE, 10, P | U | A | D);
    Response response = guest.load(USER, PAGE);
    assertInstalled(response);
    assertDropsPage(PAGE, response);
    assertEquals("0x1000a r-x", guest.seen(USER, PAGE));
    assertEquals("0x1000a r-x", guest.seen(SUPERVISOR, PAGE));
  }

  @Test
  void staleEntriesOfOtherPagesStay() {
    guest.entry(TABLE, PAGE + 1, 11, P);
    guest.load(SUPERVISOR, PAGE + 1);
    guest.entry(TABLE, PAGE + 1, 12, P);
    guest.load(SUPERVISOR, PAGE);
    assertEquals("0x1000b r-x", guest.seen(SUPERVISOR, PAGE + 1));
  }

  @Test
  void theLastPageOfTheAddressSpaceIsReached() {
    guest.entry(ROOT, 1023, TABLE, P);
    guest.entry(TABLE, 1023, 7, P);
    assertInstalled(guest.load(SUPERVISOR, 0xFFFFF));
    assertEquals("0x10007 r-x", guest.seen(SUPERVISOR, 0xFFFFF));
  }

  @Test
  void aTableWithoutMemoryBehindItReadsAsNotPresent() {
    guest.entry(ROOT, 0, Guest.DEVICE_FRAME, P | W | U);
    assertFault(0, guest.load(SUPERVISOR, PAGE));
  }
}
