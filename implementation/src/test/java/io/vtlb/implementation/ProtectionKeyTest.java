package io.vtlb.implementation;

import static io.vtlb.implementation.Answers.assertDropsEverything;
import static io.vtlb.implementation.Answers.assertFault;
import static io.vtlb.implementation.Answers.assertInstalled;
import static io.vtlb.implementation.Guest.A;
import static io.vtlb.implementation.Guest.D;
import static io.vtlb.implementation.Guest.P;
import static io.vtlb.implementation.Guest.U;
import static io.vtlb.implementation.Guest.W;
import static io.vtlb.model.machine.AccessKind.FETCH;
import static io.vtlb.model.machine.AccessKind.LOAD;
import static io.vtlb.model.machine.AccessKind.STORE;
import static io.vtlb.model.machine.ControlRegister.CR0;
import static io.vtlb.model.machine.ControlRegister.CR4;
import static io.vtlb.model.machine.PrivilegeSet.SUPERVISOR;
import static io.vtlb.model.machine.PrivilegeSet.USER;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.PrivilegeSet;
import io.vtlb.model.target.ActiveEntry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Entries of user pages carry their key, and PKRU decides only whose fault it is. */
class ProtectionKeyTest {

  private static final long PAGE = 5;
  private static final long SUPERVISOR_PAGE = 6;
  private static final int KEY = 11;
  private static final int NO_ACCESS = 1 << (2 * KEY);
  private static final int NO_WRITES = 2 << (2 * KEY);
  private static final long KEYED = (long) KEY << 59;
  private static final long ALL = P | W | U | A | D;

  private final Guest guest = new Guest(Layout.LEVELS_4);

  @BeforeEach
  void mapTwoPagesWithTheKey() {
    guest.set(CR4, ControlState.CR4_PKE);
    guest.set(PAGE, 0, KEYED | 9 << 12 | ALL);
    guest.set(SUPERVISOR_PAGE, 0, KEYED | 10 << 12 | (ALL & ~U));
  }

  @Test
  void pkruIsNotFoldedIntoTheEntry() {
    assertInstalled(guest.access(LOAD, USER, PAGE, NO_WRITES));
    assertEquals("0x10009 rwx", guest.seen(USER, PAGE));
    assertEquals(KEY, key(USER, PAGE));
  }

  @Test
  void onlyUserPagesCarryTheKey() {
    guest.load(SUPERVISOR, PAGE);
    guest.load(SUPERVISOR, SUPERVISOR_PAGE);
    assertEquals(KEY, key(SUPERVISOR, PAGE));
    assertEquals(ActiveEntry.NO_KEY, key(SUPERVISOR, SUPERVISOR_PAGE));
  }

  @Test
  void aForbiddenDataAccessIsTheGuestsFault() {
    assertFault(0x25, guest.access(LOAD, USER, PAGE, NO_ACCESS));
    assertFault(0x27, guest.access(STORE, USER, PAGE, NO_ACCESS));
    assertFault(0x27, guest.access(STORE, USER, PAGE, NO_WRITES));
    assertFault(0x21, guest.access(LOAD, SUPERVISOR, PAGE, NO_ACCESS));
    assertInstalled(guest.access(LOAD, USER, PAGE, ~NO_ACCESS));
    assertInstalled(guest.access(LOAD, SUPERVISOR, SUPERVISOR_PAGE, NO_ACCESS));
  }

  @Test
  void fetchesAreNotForbidden() {
    assertInstalled(guest.access(FETCH, USER, PAGE, NO_ACCESS));
  }

  @Test
  void supervisorWritesAreForbiddenOnlyWithWriteProtect() {
    assertFault(0x23, guest.access(STORE, SUPERVISOR, PAGE, NO_WRITES));
    guest.clear(CR0, ControlState.CR0_WP);
    assertInstalled(guest.access(STORE, SUPERVISOR, PAGE, NO_WRITES));
    guest.invalidate(PAGE);
    assertFault(0x23, guest.access(STORE, SUPERVISOR, PAGE, NO_ACCESS));
  }

  @Test
  void theKeyIsNamedBesideOtherReasons() {
    guest.set(PAGE, 0, KEYED | 9 << 12 | (ALL & ~W));
    assertFault(0x27, guest.access(STORE, USER, PAGE, NO_WRITES));
    guest.set(CR4, ControlState.CR4_SMAP);
    assertFault(0x21, guest.access(LOAD, SUPERVISOR, PAGE, NO_ACCESS));
    assertFault(0x01, guest.access(LOAD, SUPERVISOR, PAGE, NO_WRITES));
    assertFault(0x05, guest.access(LOAD, USER, SUPERVISOR_PAGE, NO_ACCESS));
    guest.set(PAGE, 0, 0);
    assertFault(0x04, guest.access(LOAD, USER, PAGE, NO_ACCESS));
    guest.set(PAGE, 0, KEYED | ALL | 1L << 46);
    assertFault(0x0D, guest.access(LOAD, USER, PAGE, NO_ACCESS));
  }

  @Test
  void turningKeysOnAndOffReachesEveryEntry() {
    guest.load(USER, PAGE);
    assertDropsEverything(guest.clear(CR4, ControlState.CR4_PKE));
    assertEquals(ActiveEntry.NO_KEY, key(USER, PAGE));
    assertInstalled(guest.access(LOAD, SUPERVISOR, PAGE, NO_ACCESS));
    assertDropsEverything(guest.set(CR4, ControlState.CR4_PKE));
    assertEquals(KEY, key(USER, PAGE));
    assertEquals(KEY, key(SUPERVISOR, PAGE));
  }

  @Test
  void aStaleKeyIsMadeToMatch() {
    guest.load(USER, PAGE);
    guest.set(PAGE, 0, 9 << 12 | ALL);
    assertInstalled(guest.access(LOAD, USER, PAGE, NO_ACCESS));
    assertEquals(0, key(USER, PAGE));
  }

  @Test
  void aLargeEntryGoesWhereATableGivesAPageAnotherKey() {
    guest.mapLarge(512, 1, 512, KEYED | ALL);
    guest.load(USER, 512);
    guest.set(512, 1, 0);
    for (int page = 512; page < 1024; page++) {
      guest.set(page, 0, KEYED | (long) page << 12 | ALL);
    }
    guest.set(512, 1, guest.get(512, 1) | A);
    guest.root(Guest.ROOT);
    assertEquals(KEY, key(USER, 1023));
    guest.set(1023, 0, 1023L << 12 | ALL);
    guest.root(Guest.ROOT);
    assertEquals("none", guest.seen(USER, 1023));
  }

  private int key(PrivilegeSet set, long page) {
    return guest.entry(set, page).orElseThrow().key();
  }
}
