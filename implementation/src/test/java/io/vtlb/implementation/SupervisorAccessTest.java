package io.vtlb.implementation;

import static io.vtlb.implementation.Answers.assertFault;
import static io.vtlb.implementation.Answers.assertInstalled;
import static io.vtlb.implementation.Answers.assertReport;
import static io.vtlb.implementation.Guest.A;
import static io.vtlb.implementation.Guest.D;
import static io.vtlb.implementation.Guest.P;
import static io.vtlb.implementation.Guest.U;
import static io.vtlb.implementation.Guest.W;
import static io.vtlb.model.machine.ControlRegister.CR4;
import static io.vtlb.model.machine.PrivilegeSet.SUPERVISOR;
import static io.vtlb.model.machine.PrivilegeSet.SUPERVISOR_AC;
import static io.vtlb.model.machine.PrivilegeSet.USER;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vtlb.model.event.EventCause;
import io.vtlb.model.event.ResyncKind;
import io.vtlb.model.machine.ControlState;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** SMAP gives CPL 0 to 2 two sets: one without access to data of user pages, and one with. */
class SupervisorAccessTest {

  private static final long USER_PAGE = 5;
  private static final long SUPERVISOR_PAGE = 6;
  private final Guest guest = new Guest(Layout.LEVELS_4);

  @BeforeEach
  void mapTwoPages() {
    guest.map(USER_PAGE, 9, P | W | U | A | D);
    guest.map(SUPERVISOR_PAGE, 10, P | W | A | D);
  }

  @Test
  void dataOfUserPagesIsDenied() {
    guest.set(CR4, ControlState.CR4_SMAP);
    assertFault(1, guest.load(SUPERVISOR, USER_PAGE));
    assertFault(3, guest.store(SUPERVISOR, USER_PAGE));
    assertInstalled(guest.store(SUPERVISOR, SUPERVISOR_PAGE));
    assertInstalled(guest.store(USER, USER_PAGE));
  }

  @Test
  void codeOfUserPagesIsNot() {
    guest.set(CR4, ControlState.CR4_SMAP);
    assertInstalled(guest.fetch(SUPERVISOR, USER_PAGE));
    assertEquals("0x10009 --x", guest.seen(SUPERVISOR, USER_PAGE));
    guest.set(CR4, ControlState.CR4_SMEP);
    assertEquals("none", guest.seen(SUPERVISOR, USER_PAGE));
    assertFault(0x11, guest.fetch(SUPERVISOR, USER_PAGE));
    assertFault(0x11, guest.fetch(SUPERVISOR_AC, USER_PAGE));
  }

  @Test
  void alignmentCheckSuspendsIt() {
    guest.set(CR4, ControlState.CR4_SMAP | ControlState.CR4_SMEP);
    assertInstalled(guest.store(SUPERVISOR_AC, USER_PAGE));
    assertEquals("0x10009 rw-", guest.seen(SUPERVISOR_AC, USER_PAGE));
    assertEquals("none", guest.seen(SUPERVISOR, USER_PAGE));
  }

  @Test
  void turningItOnTakesDataAwayAtOnce() {
    guest.load(SUPERVISOR, USER_PAGE);
    guest.load(SUPERVISOR, SUPERVISOR_PAGE);
    assertReport(EventCause.CONTROL_CHANGE, ResyncKind.FULL, guest.set(CR4, ControlState.CR4_SMAP));
    assertEquals("0x10009 --x", guest.seen(SUPERVISOR, USER_PAGE));
    assertEquals("0x1000a rwx", guest.seen(SUPERVISOR, SUPERVISOR_PAGE));
  }

  @Test
  void theThirdSetIsRightWheneverItCounts() {
    guest.set(CR4, ControlState.CR4_SMAP);
    guest.load(SUPERVISOR_AC, USER_PAGE);
    guest.load(SUPERVISOR_AC, SUPERVISOR_PAGE);
    guest.clear(CR4, ControlState.CR4_SMAP);
    guest.map(USER_PAGE, 11, P | W | U | A | D);
    guest.invalidate(USER_PAGE);
    guest.map(SUPERVISOR_PAGE, 12, P | A | D);
    guest.root(Guest.ROOT);
    guest.set(CR4, ControlState.CR4_SMAP);
    assertEquals("none", guest.seen(SUPERVISOR_AC, USER_PAGE));
    assertEquals("0x1000c r-x", guest.seen(SUPERVISOR_AC, SUPERVISOR_PAGE));
  }
}
