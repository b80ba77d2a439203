package io.vtlb.implementation;

import static io.vtlb.implementation.Answers.assertInstalled;
import static io.vtlb.implementation.Guest.A;
import static io.vtlb.implementation.Guest.D;
import static io.vtlb.implementation.Guest.P;
import static io.vtlb.implementation.Guest.PS;
import static io.vtlb.implementation.Guest.ROOT;
import static io.vtlb.implementation.Guest.U;
import static io.vtlb.implementation.Guest.W;
import static io.vtlb.model.machine.PrivilegeSet.SUPERVISOR;
import static io.vtlb.model.machine.PrivilegeSet.USER;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vtlb.implementation.WordMemory.Update;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A and D are set as a processor sets them, and nothing else in guest memory changes. */
class AccessedDirtyTest {

  private static final int TABLE = 2;
  private static final int PAGE = 4;
  private static final long DIRECTORY = (TABLE << 12) | P | W | U;
  private static final long LEAF = (9 << 12) | P | W | U;
  private final Guest guest = new Guest();

  @BeforeEach
  void mapOnePage() {
    guest.memory.set(guest.address(ROOT, 0), 4, DIRECTORY);
    guest.memory.set(guest.address(TABLE, PAGE), 4, LEAF);
  }

  @Test
  void aLoadSetsAccessedFromTheRootDown() {
    guest.load(USER, PAGE);
    assertEquals(
        List.of(
            new Update(guest.address(ROOT, 0), DIRECTORY, DIRECTORY | A),
            new Update(guest.address(TABLE, PAGE), LEAF, LEAF | A)),
        guest.memory.updates());
  }

  @Test
  void aStoreSetsDirtyInTheLeafOnly() {
    guest.store(USER, PAGE);
    assertEquals(P | W | U | A, guest.flags(ROOT, 0));
    assertEquals(P | W | U | A | D, guest.flags(TABLE, PAGE));
  }

  @Test
  void aLoadOfADirtyPageGrantsWrites() {
    guest.memory.set(guest.address(TABLE, PAGE), 4, LEAF | D);
    guest.load(USER, PAGE);
    assertEquals("0x10009 rwx", guest.seen(USER, PAGE));
  }

  @Test
  void aFaultHandedOverSetsNothing() {
    guest.memory.set(guest.address(TABLE, PAGE), 4, LEAF & ~W);
    guest.store(USER, PAGE);
    guest.load(USER, PAGE + 1);
    assertEquals(List.of(), guest.memory.updates());
  }

  @Test
  void aLargePageHasBothBitsInItsOneEntry() {
    guest.entry(ROOT, 1, 1024, P | W | PS);
    guest.store(SUPERVISOR, 1024);
    assertEquals(P | W | PS | A | D, guest.flags(ROOT, 1));
  }

  @Test
  void aTableThatMapsItselfIsWalkedThroughItself() {
    guest.entry(ROOT, 1023, ROOT, P | W);
    assertInstalled(guest.store(SUPERVISOR, 0xFFFFF));
    assertEquals(P | W | A | D, guest.flags(ROOT, 1023));
    assertEquals("0x10001 rwx", guest.seen(SUPERVISOR, 0xFFFFF));
  }
}
