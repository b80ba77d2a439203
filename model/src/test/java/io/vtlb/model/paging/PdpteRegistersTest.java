package io.vtlb.model.paging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.vtlb.model.guest.ModeGuest;
import io.vtlb.model.machine.PageSize;
import io.vtlb.model.machine.Profile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** With PAE paging a walk begins in the PDPTE registers (Intel SDM vol. 3, 4.4.1). */
class PdpteRegistersTest {

  private static final Walker WALKER = new Walker(Profile.GENERIC_64);
  private static final long SECOND_GIB = PageSize.LARGE_1G;

  private final ModeGuest guest = new ModeGuest(PagingMode.PAE);

  @BeforeEach
  void mapOnePageInTheSecondGib() {
    guest.entry(0, 1, ModeGuest.table(1), "P").link(1, 0).entry(2, 0, 0x21, "PWU");
  }

  @Test
  void aRegisterHasNeitherRightsNorAnAccessedBit() {
    Translation found = reached(SECOND_GIB);
    assertEquals(new WalkRights(true, true, true), found.rights());
    assertEquals(0x21, found.frame());
  }

  @Test
  void aStoreToTheTableInMemoryDoesNotCount() {
    guest.store(0, 1, 0);
    assertEquals(0x21, reached(SECOND_GIB).frame());
    guest.store(0, 2, guest.control().pdptes().get(1));
    assertInstanceOf(GuestWalk.End.NotPresent.class, walk(2 * SECOND_GIB).end());
  }

  @Test
  void aRegisterThatIsNotPresentStopsTheWalkAtNoAddress() {
    GuestWalk walk = walk(0);
    assertInstanceOf(GuestWalk.End.NotPresent.class, walk.end());
    assertEquals(GuestWalk.NO_ADDRESS, walk.last().address());
    assertEquals("PDPTE", walk.last().level().name());
  }

  @Test
  void theRootHasNoTable() {
    assertEquals(0, PartialWalk.root(PagingMode.PAE, guest.control()).table());
  }

  @Test
  void aWalkMayGoOnFromATableThatARegisterNamed() {
    PartialWalk stale = new PartialWalk(1, SECOND_GIB, ModeGuest.table(1), WalkRights.ROOT, 0);
    GuestWalk walk = WALKER.walkFrom(stale, guest.memory(), guest.control(), SECOND_GIB);
    assertEquals(2, walk.steps().size());
  }

  private GuestWalk walk(long page) {
    return WALKER.walk(guest.memory(), guest.control(), page);
  }

  private Translation reached(long page) {
    return assertInstanceOf(GuestWalk.End.Reached.class, walk(page).end()).translation();
  }
}
