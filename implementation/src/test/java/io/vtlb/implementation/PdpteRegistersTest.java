package io.vtlb.implementation;

import static io.vtlb.implementation.Answers.assertFault;
import static io.vtlb.implementation.Answers.assertInstalled;
import static io.vtlb.implementation.Guest.D;
import static io.vtlb.implementation.Guest.P;
import static io.vtlb.implementation.Guest.ROOT;
import static io.vtlb.implementation.Guest.U;
import static io.vtlb.implementation.Guest.W;
import static io.vtlb.model.machine.ControlRegister.CR4;
import static io.vtlb.model.machine.PrivilegeSet.SUPERVISOR;
import static io.vtlb.model.machine.PrivilegeSet.USER;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vtlb.model.machine.ControlState;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** PAE paging walks from the registers that were loaded, not from memory. */
class PdpteRegistersTest {

  private static final long PAGE = 0x4_0005;
  private static final int OTHER_DIRECTORY = 0x18;
  private static final int OTHER_TABLE = 0x19;
  private final Guest guest = new Guest(Layout.PAE);

  @BeforeEach
  void mapOnePageTwice() {
    guest.map(PAGE, 9, P | W | U | D);
    guest.entry(OTHER_DIRECTORY, 0, OTHER_TABLE, P | W | U);
    guest.entry(OTHER_TABLE, 5, 10, P | W | U | D);
  }

  @Test
  void aStoreToTheTableInMemoryHasNoEffectUntilCr3IsLoaded() {
    guest.entry(ROOT, 1, OTHER_DIRECTORY, P);
    assertInstalled(guest.load(USER, PAGE));
    assertEquals("0x10009 rwx", guest.seen(USER, PAGE));
    guest.invalidate(PAGE);
    assertInstalled(guest.load(USER, PAGE));
    assertEquals("0x10009 rwx", guest.seen(USER, PAGE));
    guest.root(ROOT);
    assertEquals("none", guest.seen(USER, PAGE));
    assertInstalled(guest.load(USER, PAGE));
    assertEquals("0x1000a rwx", guest.seen(USER, PAGE));
  }

  @Test
  void aWriteOfCr4MayLoadThem() {
    guest.load(USER, PAGE);
    guest.entry(ROOT, 1, OTHER_DIRECTORY, P);
    guest.set(CR4, ControlState.CR4_PGE);
    assertInstalled(guest.load(USER, PAGE));
    assertEquals("0x1000a rwx", guest.seen(USER, PAGE));
  }

  @Test
  void aRegisterMayBeNotPresent() {
    guest.entry(ROOT, 1, OTHER_DIRECTORY, 0);
    guest.root(ROOT);
    assertFault(0, guest.load(SUPERVISOR, PAGE));
    assertFault(4, guest.load(USER, PAGE));
  }

  @Test
  void theyHaveNeitherRightsNorAccessedBits() {
    assertInstalled(guest.store(USER, PAGE));
    assertEquals((0x11L << 12) | P, guest.memory.get(guest.address(ROOT, 1), 8));
  }
}
