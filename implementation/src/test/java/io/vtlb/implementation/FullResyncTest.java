package io.vtlb.implementation;

import static io.vtlb.implementation.Answers.assertDropsEverything;
import static io.vtlb.implementation.Answers.assertDropsNothing;
import static io.vtlb.implementation.Answers.assertReport;
import static io.vtlb.implementation.Guest.A;
import static io.vtlb.implementation.Guest.D;
import static io.vtlb.implementation.Guest.P;
import static io.vtlb.implementation.Guest.PS;
import static io.vtlb.implementation.Guest.ROOT;
import static io.vtlb.implementation.Guest.U;
import static io.vtlb.implementation.Guest.W;
import static io.vtlb.model.machine.ControlRegister.CR0;
import static io.vtlb.model.machine.ControlRegister.CR3;
import static io.vtlb.model.machine.ControlRegister.CR4;
import static io.vtlb.model.machine.PrivilegeSet.SUPERVISOR;
import static io.vtlb.model.machine.PrivilegeSet.USER;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vtlb.model.event.EventCause;
import io.vtlb.model.event.Response;
import io.vtlb.model.event.ResyncKind;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.target.ActiveEntry;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A control-register write compares every entry, keeps what matches and modifies the rest. */
class FullResyncTest {

  private static final int TABLE = 2;
  private static final int OTHER_ROOT = 3;
  private static final int OTHER_TABLE = 4;
  private static final int PAGE = 5;
  private final Guest guest = new Guest();

  @BeforeEach
  void mapAndUse() {
    guest.entry(ROOT, 0, TABLE, P | W | U);
    guest.entry(TABLE, PAGE, 9, P | W | U);
    guest.entry(ROOT, 1, 1024, P | W | PS);
    guest.store(USER, PAGE);
    guest.store(SUPERVISOR, PAGE);
    guest.store(SUPERVISOR, 1024);
  }

  @Test
  void theSameRootWithTheSameContentChangesNothing() {
    List<ActiveEntry> before = guest.entries(SUPERVISOR);
    Response response = guest.root(ROOT);
    assertReport(EventCause.TLB_MANIPULATION, ResyncKind.FULL, response);
    assertDropsNothing(response);
    assertEquals(before, guest.entries(SUPERVISOR));
    assertEquals("0x10009 rwx", guest.seen(USER, PAGE));
  }

  @Test
  void theSameRootWithOtherContentIsSeen() {
    guest.entry(TABLE, PAGE, 10, P | W | U | A);
    assertDropsEverything(guest.root(ROOT));
    assertEquals("0x1000a r-x", guest.seen(USER, PAGE));
    assertEquals("0x1000a r-x", guest.seen(SUPERVISOR, PAGE));
    assertEquals("0x10400 rwx", guest.seen(SUPERVISOR, 1024));
  }

  @Test
  void anotherRootKeepsOnlyWhatItSharesWithTheOld() {
    guest.entry(OTHER_ROOT, 0, OTHER_TABLE, P | W | U | A);
    guest.entry(OTHER_ROOT, 1, 1024, P | W | PS | A | D);
    assertDropsEverything(guest.root(OTHER_ROOT));
    assertEquals("none", guest.seen(USER, PAGE));
    assertEquals("none", guest.seen(SUPERVISOR, PAGE));
    assertEquals(1, guest.entries(SUPERVISOR).size());
    assertEquals("0x107ff rwx", guest.seen(SUPERVISOR, 2047));
  }

  @Test
  void entriesNotYetAccessedInTheNewRootGoAndNoBitIsSet() {
    guest.entry(OTHER_ROOT, 0, TABLE, P | W | U);
    guest.entry(OTHER_ROOT, 1, 1024, P | W | PS);
    guest.root(OTHER_ROOT);
    assertEquals(List.of(), guest.entries(USER));
    assertEquals(List.of(), guest.entries(SUPERVISOR));
    assertEquals(P | W | U, guest.flags(OTHER_ROOT, 0));
    assertEquals(P | W | PS, guest.flags(OTHER_ROOT, 1));
  }

  @Test
  void writesGoWithTheDirtyBit() {
    guest.entry(TABLE, PAGE, 9, P | W | U | A);
    guest.entry(ROOT, 1, 1024, P | W | PS | A);
    assertDropsEverything(guest.root(ROOT));
    assertEquals("0x10009 r-x", guest.seen(USER, PAGE));
    assertEquals("0x10400 r-x", guest.seen(SUPERVISOR, 1024));
  }

  @Test
  void aSupervisorPageLeavesTheUserSetOnly() {
    guest.entry(TABLE, PAGE, 9, P | W | A | D);
    guest.root(ROOT);
    assertEquals("none", guest.seen(USER, PAGE));
    assertEquals("0x10009 rwx", guest.seen(SUPERVISOR, PAGE));
  }

  @Test
  void writeProtectTakesSupervisorWritesAway() {
    guest.entry(TABLE, PAGE, 9, P | U);
    guest.clear(CR0, ControlState.CR0_WP);
    guest.store(SUPERVISOR, PAGE);
    assertEquals("0x10009 rwx", guest.seen(SUPERVISOR, PAGE));
    Response response = guest.set(CR0, ControlState.CR0_WP);
    assertReport(EventCause.CONTROL_CHANGE, ResyncKind.FULL, response);
    assertDropsEverything(response);
    assertEquals("0x10009 r-x", guest.seen(SUPERVISOR, PAGE));
  }

  @Test
  void withoutPseALargeEntryBecomesATable() {
    guest.entry(1024, 3, 11, P | W | A | D);
    Response response = guest.clear(CR4, ControlState.CR4_PSE);
    assertReport(EventCause.CONTROL_CHANGE, ResyncKind.FULL, response);
    assertEquals("none", guest.seen(SUPERVISOR, 1024));
    guest.load(SUPERVISOR, 1024 + 3);
    assertEquals("0x1000b rwx", guest.seen(SUPERVISOR, 1024 + 3));
    guest.set(CR4, ControlState.CR4_PSE);
    assertEquals("0x10403 rwx", guest.seen(SUPERVISOR, 1024 + 3));
  }

  @Test
  void aLargeEntryStaysIfATableNowMapsEachOfItsPagesAlike() {
    guest.entry(ROOT, 1, OTHER_TABLE, P | W | A);
    for (int index = 0; index < 1024; index++) {
      guest.entry(OTHER_TABLE, index, 1024 + index, P | W | A | D);
    }
    assertDropsNothing(guest.root(ROOT));
    assertEquals("0x107ff rwx", guest.seen(SUPERVISOR, 2047));
    guest.entry(OTHER_TABLE, 1023, 2047, P | W | A);
    assertDropsEverything(guest.root(ROOT));
    assertEquals("none", guest.seen(SUPERVISOR, 1024));
  }

  @Test
  void onlyWritesThatInvalidateAreManipulationsOfTheTlb() {
    Response enabled = guest.set(CR4, ControlState.CR4_PGE);
    assertReport(EventCause.TLB_MANIPULATION, ResyncKind.FULL, enabled);
    Response same = guest.set(CR4, ControlState.CR4_PGE);
    assertReport(EventCause.CONTROL_CHANGE, ResyncKind.FULL, same);
    Response cacheBits = guest.write(CR3, ROOT << 12 | 0x18);
    assertReport(EventCause.TLB_MANIPULATION, ResyncKind.FULL, cacheBits);
    assertDropsNothing(cacheBits);
  }
}
