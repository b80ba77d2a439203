package io.vtlb.implementation;

import static io.vtlb.implementation.Answers.assertFault;
import static io.vtlb.implementation.Answers.assertInstalled;
import static io.vtlb.implementation.Guest.A;
import static io.vtlb.implementation.Guest.D;
import static io.vtlb.implementation.Guest.P;
import static io.vtlb.implementation.Guest.ROOT;
import static io.vtlb.implementation.Guest.W;
import static io.vtlb.model.machine.PrivilegeSet.SUPERVISOR;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vtlb.model.machine.FaultCode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Another agent stores to the tables between two reads of one walk. */
class RaceTest {

  private static final int TABLE = 2;
  private static final int OTHER_TABLE = 3;
  private static final int PAGE = 4;
  private final Guest guest = new Guest();

  @BeforeEach
  void mapOnePageTwice() {
    guest.entry(ROOT, 0, TABLE, P | W | A);
    guest.entry(TABLE, PAGE, 9, P | W);
    guest.entry(OTHER_TABLE, PAGE, 10, P | W | A | D);
  }

  @Test
  void aLeafThatChangesBeforeItsBitsAreSetIsReadAgain() {
    guest.memory.afterRead(2, () -> guest.entry(TABLE, PAGE, 12, P | W));
    assertInstalled(guest.store(SUPERVISOR, PAGE));
    assertEquals("0x1000c rwx", guest.seen(SUPERVISOR, PAGE));
    assertEquals(P | W | A | D, guest.flags(TABLE, PAGE));
  }

  @Test
  void aLeafThatGoesAwayKeepsWhatItsOwnerStored() {
    guest.memory.afterRead(2, () -> guest.entry(TABLE, PAGE, 0, 0));
    assertFault(FaultCode.WRITE, guest.store(SUPERVISOR, PAGE));
    assertEquals(0, guest.memory.get(guest.address(TABLE, PAGE), 4));
  }

  @Test
  void aDirectoryThatChangesBeforeItsBitIsSetIsReadAgain() {
    guest.entry(ROOT, 0, TABLE, P | W);
    guest.memory.afterRead(2, () -> guest.entry(ROOT, 0, OTHER_TABLE, P | W));
    assertInstalled(guest.load(SUPERVISOR, PAGE));
    assertEquals("0x1000a rwx", guest.seen(SUPERVISOR, PAGE));
    assertEquals(P | W, guest.flags(TABLE, PAGE));
    assertEquals(P | W | A, guest.flags(ROOT, 0));
  }

  @Test
  void aLeafReadBeforeTheDirectoryWasAccessedIsReadAgain() {
    guest.entry(ROOT, 0, TABLE, P | W);
    guest.entry(TABLE, PAGE, 9, P | W | A | D);
    guest.memory.afterRead(2, () -> guest.entry(TABLE, PAGE, 12, P | A));
    assertInstalled(guest.load(SUPERVISOR, PAGE));
    assertEquals("0x1000c r-x", guest.seen(SUPERVISOR, PAGE));
  }
}
