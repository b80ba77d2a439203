package io.vtlb.implementation;

import static io.vtlb.implementation.Answers.assertInstalled;
import static io.vtlb.implementation.Guest.A;
import static io.vtlb.implementation.Guest.D;
import static io.vtlb.implementation.Guest.P;
import static io.vtlb.implementation.Guest.U;
import static io.vtlb.implementation.Guest.W;
import static io.vtlb.implementation.Host.assertDrops;
import static io.vtlb.model.machine.PrivilegeSet.SUPERVISOR;
import static io.vtlb.model.machine.PrivilegeSet.USER;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vtlb.model.machine.ControlRegister;
import io.vtlb.model.machine.ControlState;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** While the host asks to know, a frame is named before the guest may store to it. */
class DirtyLogTest {

  private static final long PAGE = 5;
  private static final long LARGE_PAGE = 1024;
  private static final long ALL = P | W | U | A | D;

  private final List<Guest> cpus = Guest.cpus(2, Layout.LEVELS_4);
  private final Guest guest = cpus.get(0);
  private final Guest other = cpus.get(1);
  private final Host host = new Host(guest, other);

  @BeforeEach
  void mapAndUse() {
    guest.map(PAGE, 9, ALL);
    guest.store(USER, PAGE);
  }

  @Test
  void writesAreWithheldUntilTheyAreNamed() {
    other.load(USER, PAGE);
    assertDrops(host.startLog(), guest, other);
    assertEquals("0x10009 r-x", guest.seen(USER, PAGE));
    assertEquals("0x10009 r-x", other.seen(USER, PAGE));
    assertInstalled(other.store(USER, PAGE));
    assertEquals("0x10009 rwx", other.seen(USER, PAGE));
    assertTrue(host.harvest().contains(9L));
  }

  @Test
  void aHarvestBeginsANewPeriod() {
    host.startLog();
    guest.store(USER, PAGE);
    host.harvest();
    assertEquals("0x10009 r-x", guest.seen(USER, PAGE));
    assertEquals(Set.of(), host.harvest());
    guest.store(USER, PAGE);
    assertEquals(Set.of(9L), host.harvest());
  }

  @Test
  void aLoadNamesNothing() {
    guest.invalidate(PAGE);
    host.startLog();
    guest.load(USER, PAGE);
    assertEquals("0x10009 r-x", guest.seen(USER, PAGE));
    assertEquals(Set.of(), host.harvest());
  }

  @Test
  void whatWasWrittenBeforeIsNotNamed() {
    host.startLog();
    guest.store(USER, PAGE);
    host.startLog();
    assertEquals(Set.of(), host.harvest());
  }

  @Test
  void withoutALogNothingIsNamedOrWithheld() {
    guest.store(USER, PAGE);
    assertEquals("0x10009 rwx", guest.seen(USER, PAGE));
  }

  @Test
  void tablesThatAreMarkedAreNamed() {
    guest.map(PAGE, 9, P | W | U);
    guest.invalidate(PAGE);
    host.startLog();
    guest.load(USER, PAGE);
    long lastTable = guest.get(PAGE, 1) >>> 12;
    assertEquals(Set.of(lastTable), host.harvest());
    guest.store(USER, PAGE);
    assertEquals(Set.of(9L, lastTable), host.harvest());
  }

  @Test
  void aLargePageIsWrittenInParts() {
    guest.mapLarge(LARGE_PAGE, 1, 512, ALL);
    guest.store(USER, LARGE_PAGE);
    host.startLog();
    assertEquals("0x10200 r-x", guest.seen(USER, LARGE_PAGE));
    guest.store(USER, LARGE_PAGE + 1);
    guest.load(USER, LARGE_PAGE + 2);
    assertEquals("none", guest.seen(USER, LARGE_PAGE));
    assertEquals("0x10201 rwx", guest.seen(USER, LARGE_PAGE + 1));
    assertEquals("0x10202 r-x", guest.seen(USER, LARGE_PAGE + 2));
    assertEquals(Set.of(513L), host.harvest());
  }

  @Test
  void aLargePageThatIsOnlyReadStaysWhole() {
    guest.mapLarge(LARGE_PAGE, 1, 512, ALL & ~W);
    host.startLog();
    guest.load(USER, LARGE_PAGE);
    assertEquals(512, guest.entry(USER, LARGE_PAGE).orElseThrow().pages());
  }

  @Test
  void contextsThatAreNotLoadedAreWithheldToo() {
    guest.set(ControlRegister.CR4, ControlState.CR4_PCIDE);
    guest.store(USER, PAGE);
    guest.keptPcid(1);
    assertDrops(host.startLog());
    guest.keptPcid(0);
    assertEquals("0x10009 r-x", guest.seen(USER, PAGE));
  }

  @Test
  void aFullResyncGivesNoWriteThatIsNotNamed() {
    host.startLog();
    guest.map(PAGE, 10, ALL);
    guest.root(Guest.ROOT);
    assertEquals("0x1000a r-x", guest.seen(USER, PAGE));
  }

  @Test
  void withoutPagingWritesAreNamedToo() {
    Guest plain = new Guest(Layout.NO_PAGING);
    Host below = new Host(plain);
    below.startLog();
    plain.load(SUPERVISOR, PAGE);
    assertEquals("0x10005 r-x", plain.seen(SUPERVISOR, PAGE));
    plain.store(SUPERVISOR, PAGE);
    assertEquals("0x10005 rwx", plain.seen(SUPERVISOR, PAGE));
    assertEquals(Set.of(PAGE), below.harvest());
  }
}
