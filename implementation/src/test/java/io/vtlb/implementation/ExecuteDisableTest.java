package io.vtlb.implementation;

import static io.vtlb.implementation.Answers.assertFault;
import static io.vtlb.implementation.Answers.assertInstalled;
import static io.vtlb.implementation.Guest.A;
import static io.vtlb.implementation.Guest.D;
import static io.vtlb.implementation.Guest.P;
import static io.vtlb.implementation.Guest.U;
import static io.vtlb.implementation.Guest.W;
import static io.vtlb.implementation.Guest.XD;
import static io.vtlb.model.machine.ControlRegister.CR4;
import static io.vtlb.model.machine.ControlRegister.EFER;
import static io.vtlb.model.machine.PrivilegeSet.SUPERVISOR;
import static io.vtlb.model.machine.PrivilegeSet.USER;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vtlb.model.machine.ControlState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** XD in any entry of a walk forbids fetches, and error codes name fetches only where it can. */
class ExecuteDisableTest {

  private static final long PAGE = 5;
  private static final long ALL = P | W | U | A | D;

  @ParameterizedTest
  @EnumSource(names = {"PAE", "LEVELS_4", "LEVELS_5"})
  void countsAtEveryLevel(Layout layout) {
    for (int level = 0; level < layout.levels(); level++) {
      Guest guest = new Guest(layout);
      guest.set(EFER, ControlState.EFER_NXE);
      guest.map(PAGE, 9, ALL);
      guest.flip(PAGE, level, XD);
      assertInstalled(guest.load(USER, PAGE));
      assertEquals("0x10009 rw-", guest.seen(USER, PAGE));
      assertFault(0x15, guest.fetch(USER, PAGE));
      assertFault(0x11, guest.fetch(SUPERVISOR, PAGE));
      assertFault(0x10, guest.fetch(SUPERVISOR, PAGE + 1));
    }
  }

  @Test
  void turningItOffMakesTheBitReservedAtOnce() {
    Guest guest = new Guest(Layout.LEVELS_4);
    guest.set(EFER, ControlState.EFER_NXE);
    guest.map(PAGE, 9, ALL | XD);
    guest.load(USER, PAGE);
    guest.clear(EFER, ControlState.EFER_NXE);
    assertEquals("none", guest.seen(USER, PAGE));
    assertFault(0xD, guest.fetch(USER, PAGE));
    guest.set(CR4, ControlState.CR4_SMEP);
    assertFault(0x1D, guest.fetch(USER, PAGE));
  }

  @Test
  void fetchesAreNamedOnlyWithSmepOrWithPaeAndNxe() {
    Guest wide = new Guest(Layout.PAE);
    assertFault(4, wide.fetch(USER, PAGE));
    wide.set(EFER, ControlState.EFER_NXE);
    assertFault(0x14, wide.fetch(USER, PAGE));
    Guest narrow = new Guest(Layout.BITS_32);
    narrow.set(EFER, ControlState.EFER_NXE);
    assertFault(4, narrow.fetch(USER, PAGE));
    narrow.set(CR4, ControlState.CR4_SMEP);
    assertFault(0x14, narrow.fetch(USER, PAGE));
    assertFault(6, narrow.store(USER, PAGE));
  }
}
