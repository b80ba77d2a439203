package io.vtlb.implementation;

import static io.vtlb.implementation.Answers.assertFault;
import static io.vtlb.implementation.Answers.assertInstalled;
import static io.vtlb.implementation.Guest.P;
import static io.vtlb.implementation.Guest.ROOT;
import static io.vtlb.implementation.Guest.U;
import static io.vtlb.implementation.Guest.W;
import static io.vtlb.model.machine.PrivilegeSet.SUPERVISOR;
import static io.vtlb.model.machine.PrivilegeSet.USER;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vtlb.model.event.Response;
import io.vtlb.model.machine.AccessKind;
import io.vtlb.model.machine.ControlRegister;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.FaultCode;
import io.vtlb.model.machine.PrivilegeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rights combine over the walk; a denied access carries the architectural error code. */
class RightsTest {

  private static final int TABLE = 2;
  private static final int PAGE = 3;
  private final Guest guest = new Guest();

  @ParameterizedTest
  @CsvSource({
    // directory, leaf, access, set, rights or error code (hexadecimal)
    "WU, WU, STORE, USER, rwx",
    "WU,  U, LOAD,  USER, r-x",
    "WU,  U, STORE, USER, 7",
    " U, WU, STORE, USER, 7",
    "WU,  W, LOAD,  USER, 5",
    " W, WU, LOAD,  USER, 5",
    " W, WU, FETCH, USER, 5",
    " -,  -, LOAD,  SUPERVISOR, r-x",
    " W,  W, STORE, SUPERVISOR, rwx",
    " W, WU, STORE, SUPERVISOR, rwx",
    " W,  -, STORE, SUPERVISOR, 3",
    " U,  W, STORE, SUPERVISOR, 3",
  })
  void combine(String directory, String leaf, AccessKind kind, PrivilegeSet set, String expected) {
    guest.entry(ROOT, 0, TABLE, P | flags(directory));
    guest.entry(TABLE, PAGE, 8, P | flags(leaf));
    Response response = guest.access(kind, set, PAGE);
    if (expected.endsWith("x")) {
      assertInstalled(response);
      assertEquals("0x10008 " + expected, guest.seen(set, PAGE));
    } else {
      assertFault(Integer.parseInt(expected, 16), response);
      assertEquals("none", guest.seen(set, PAGE));
    }
  }

  @Test
  void smepDeniesSupervisorFetchesFromUserPages() {
    guest.entry(ROOT, 0, TABLE, P | U);
    guest.entry(TABLE, PAGE, 8, P | U);
    guest.fetch(SUPERVISOR, PAGE);
    guest.set(ControlRegister.CR4, ControlState.CR4_SMEP);
    assertEquals("0x10008 r--", guest.seen(SUPERVISOR, PAGE));
    assertFault(FaultCode.PRESENT | FaultCode.FETCH, guest.fetch(SUPERVISOR, PAGE));
    assertFault(FaultCode.USER | FaultCode.FETCH, guest.fetch(USER, PAGE + 1));
  }

  @Test
  void fetchesAreNotNamedWithoutSmep() {
    assertFault(FaultCode.USER, guest.fetch(USER, PAGE));
  }

  private static long flags(String text) {
    return (text.contains("W") ? W : 0) | (text.contains("U") ? U : 0);
  }
}
