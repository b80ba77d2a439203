package io.vtlb.implementation;

import static io.vtlb.implementation.Answers.assertDevice;
import static io.vtlb.implementation.Answers.assertInstalled;
import static io.vtlb.implementation.Guest.A;
import static io.vtlb.implementation.Guest.D;
import static io.vtlb.implementation.Guest.P;
import static io.vtlb.implementation.Guest.U;
import static io.vtlb.implementation.Guest.W;
import static io.vtlb.implementation.Host.FREE;
import static io.vtlb.implementation.Host.assertDrops;
import static io.vtlb.model.machine.PrivilegeSet.SUPERVISOR;
import static io.vtlb.model.machine.PrivilegeSet.USER;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.vtlb.model.event.HostResponse;
import io.vtlb.model.machine.ControlRegister;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.Profile;
import io.vtlb.model.operation.HostOperation.CreateMachine;
import io.vtlb.model.operation.HostOperation.DestroyMachine;
import io.vtlb.model.operation.HostOperation.ResizePages;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the host takes away or protects is out of reach at once; what it leaves stays. */
class HostOperationTest {

  private static final long PAGE = 5;
  private static final long OTHER_PAGE = 6;
  private static final long LARGE_PAGE = 1024;
  private static final long ALL = P | W | U | A | D;

  private final List<Guest> cpus = Guest.cpus(3, Layout.LEVELS_4);
  private final Guest guest = cpus.get(0);
  private final Guest other = cpus.get(1);
  private final Host host = new Host(cpus.toArray(Guest[]::new));

  private void mapAndUse() {
    guest.map(PAGE, 9, ALL);
    guest.map(OTHER_PAGE, 10, ALL);
    guest.store(USER, PAGE);
    guest.store(USER, OTHER_PAGE);
  }

  private void mapAndUseLarge() {
    guest.mapLarge(LARGE_PAGE, 1, 512, ALL);
    guest.store(USER, LARGE_PAGE);
    assertEquals(512, guest.entry(USER, LARGE_PAGE).orElseThrow().pages());
  }

  @Test
  void aFrameUnmappedIsADevicesOnEveryVirtualCpu() {
    mapAndUse();
    other.load(SUPERVISOR, PAGE);
    assertDrops(host.unmap(9, 1), guest, other);
    assertEquals("none", guest.seen(USER, PAGE));
    assertEquals("none", other.seen(SUPERVISOR, PAGE));
    assertEquals("0x1000a rwx", guest.seen(USER, OTHER_PAGE));
    assertDevice(guest.load(USER, PAGE));
  }

  @Test
  void aFrameThatNobodyReachesNeedsNoDrop() {
    mapAndUse();
    assertDrops(host.unmap(11, 1));
    assertDrops(host.move(12, FREE, 1));
    assertDrops(host.protect(13, 1));
    assertEquals("0x10009 rwx", guest.seen(USER, PAGE));
  }

  @Test
  void aFrameMappedAnewIsReached() {
    guest.map(PAGE, Guest.DEVICE_FRAME, ALL);
    assertDevice(guest.load(USER, PAGE));
    assertDrops(host.map(Guest.DEVICE_FRAME, FREE, 1));
    assertInstalled(guest.load(USER, PAGE));
    assertEquals("0x10000000 rwx", guest.seen(USER, PAGE));
  }

  @Test
  void aFrameMovedIsReachedWhereItIs() {
    mapAndUse();
    assertDrops(host.move(9, FREE, 1), guest);
    assertEquals("none", guest.seen(USER, PAGE));
    assertInstalled(guest.load(USER, PAGE));
    assertEquals("0x10000000 rwx", guest.seen(USER, PAGE));
  }

  @Test
  void aFrameThatOnlyAStaleEntryLeadsToIsRevokedToo() {
    mapAndUse();
    guest.map(PAGE, 11, ALL);
    assertDrops(host.unmap(9, 1), guest);
    assertEquals("none", guest.seen(USER, PAGE));
  }

  @Test
  void aStoreToAReadOnlyFrameIsADeviceAccess() {
    mapAndUse();
    assertDrops(host.protect(9, 1), guest);
    assertEquals("0x10009 r-x", guest.seen(USER, PAGE));
    assertDevice(guest.store(USER, PAGE));
    assertInstalled(guest.load(USER, PAGE));
    assertEquals("0x10009 r-x", guest.seen(USER, PAGE));
  }

  @Test
  void aStoreToAReadOnlyFrameSetsAccessedAndDirty() {
    host.protect(9, 1);
    guest.map(PAGE, 9, P | W | U);
    assertDevice(guest.store(USER, PAGE));
    assertEquals(ALL, guest.get(PAGE, 0) & 0xFFF);
  }

  @Test
  void aTableInReadOnlyMemoryIsMarked() {
    guest.map(PAGE, 9, P | W | U);
    host.protect(0, 0x40);
    assertInstalled(guest.load(USER, PAGE));
    assertEquals(P | W | U | A, guest.get(PAGE, 0) & 0xFFF);
  }

  @Test
  void theGuestsOwnProtectionComesFirst() {
    host.protect(9, 1);
    guest.map(PAGE, 9, ALL & ~W);
    Answers.assertFault(7, guest.store(USER, PAGE));
  }

  @Test
  void aFrameThatIsWritableAgainIsStoredTo() {
    mapAndUse();
    host.protect(9, 1);
    assertDrops(host.allow(9, 1));
    assertEquals("0x10009 r-x", guest.seen(USER, PAGE));
    assertInstalled(guest.store(USER, PAGE));
    assertEquals("0x10009 rwx", guest.seen(USER, PAGE));
  }

  @Test
  void anEntryThatAFullResyncKeepsStaysReadOnly() {
    mapAndUse();
    host.protect(9, 1);
    guest.root(Guest.ROOT);
    assertEquals("0x10009 r-x", guest.seen(USER, PAGE));
    guest.map(OTHER_PAGE, 9, ALL);
    guest.root(Guest.ROOT);
    assertEquals("0x10009 r-x", guest.seen(USER, OTHER_PAGE));
  }

  @Test
  void onePartOfALargeEntryTakesAllOfItAlong() {
    mapAndUseLarge();
    assertDrops(host.unmap(512 + 7, 1), guest);
    assertEquals(List.of(), guest.entries(USER));
    assertInstalled(guest.load(USER, LARGE_PAGE + 6));
    assertEquals("0x10206 rwx", guest.seen(USER, LARGE_PAGE + 6));
    assertEquals("none", guest.seen(USER, LARGE_PAGE));
    assertDevice(guest.load(USER, LARGE_PAGE + 7));
  }

  @Test
  void aLargeEntryNeedsTheSameProtectionAllOver() {
    mapAndUseLarge();
    assertDrops(host.protect(512, 256), guest);
    assertEquals(List.of(), guest.entries(USER));
    guest.load(USER, LARGE_PAGE);
    guest.store(USER, LARGE_PAGE + 256);
    assertEquals("0x10200 r-x", guest.seen(USER, LARGE_PAGE));
    assertEquals("0x10300 rwx", guest.seen(USER, LARGE_PAGE + 256));
    assertDevice(guest.store(USER, LARGE_PAGE));
  }

  @Test
  void aLargeEntryProtectedAllOverStays() {
    mapAndUseLarge();
    assertDrops(host.protect(512, 512), guest);
    assertEquals("0x10200 r-x", guest.seen(USER, LARGE_PAGE));
    assertEquals(512, guest.entry(USER, LARGE_PAGE).orElseThrow().pages());
    assertDrops(host.allow(512 + 1, 1), guest);
    assertEquals(List.of(), guest.entries(USER));
  }

  @Test
  void aLargePageMovedInOnePieceIsOneEntryAgain() {
    mapAndUseLarge();
    assertDrops(host.move(512, FREE, 256), guest);
    assertInstalled(guest.load(USER, LARGE_PAGE + 256));
    assertEquals(1, guest.entry(USER, LARGE_PAGE + 256).orElseThrow().pages());
    assertDrops(host.move(768, FREE + 256, 256), guest);
    assertInstalled(guest.load(USER, LARGE_PAGE + 256));
    assertEquals(512, guest.entry(USER, LARGE_PAGE + 256).orElseThrow().pages());
  }

  @Test
  void otherSizesOfHostPagesRevokeNothing() {
    mapAndUseLarge();
    assertDrops(host.tell(new ResizePages(0, 512, 512, 1)));
    assertEquals("0x10200 rwx", guest.seen(USER, LARGE_PAGE));
  }

  @Test
  void contextsThatAreNotLoadedAreRevokedToo() {
    guest.set(ControlRegister.CR4, ControlState.CR4_PCIDE);
    mapAndUse();
    guest.map(7, 11, ALL);
    guest.store(USER, 7);
    guest.keptPcid(1);
    assertDrops(host.unmap(9, 1));
    assertDrops(host.protect(10, 1));
    guest.keptPcid(0);
    assertEquals("none", guest.seen(USER, PAGE));
    assertEquals("0x1000a r-x", guest.seen(USER, OTHER_PAGE));
    assertEquals("0x1000b rwx", guest.seen(USER, 7));
  }

  @Test
  void withoutPagingFramesAreRevokedToo() {
    Guest plain = new Guest(Layout.NO_PAGING);
    Host below = new Host(plain);
    plain.store(SUPERVISOR, PAGE);
    assertDrops(below.protect(PAGE, 1), plain);
    assertDevice(plain.store(SUPERVISOR, PAGE));
    plain.load(SUPERVISOR, PAGE);
    assertEquals("0x10005 r-x", plain.seen(SUPERVISOR, PAGE));
    assertDrops(below.unmap(PAGE, 1), plain);
    assertDevice(plain.load(SUPERVISOR, PAGE));
  }

  @Test
  void aMachineDestroyedIsForgotten() {
    mapAndUse();
    HostResponse response = guest.follow(new DestroyMachine(0));
    assertDrops(response, cpus.toArray(Guest[]::new));
    assertThrows(IllegalArgumentException.class, () -> guest.entries(USER));
    assertThrows(IllegalArgumentException.class, () -> guest.follow(new DestroyMachine(0)));
  }

  @Test
  void aMachineCreatedAgainStartsEmptyAndAsDescribed() {
    IndexedVirtualTlb tlb = new IndexedVirtualTlb();
    Guest first = new Guest(tlb, 0, Guest.HOST_MAP, Profile.GENERIC_32);
    Host below = new Host(first);
    first.map(PAGE, 9, ALL);
    first.store(USER, PAGE);
    below.protect(9, 1);
    below.startLog();
    first.follow(new DestroyMachine(0));
    Guest second = new Guest(tlb, 0, Guest.HOST_MAP, Profile.GENERIC_32);
    assertEquals(List.of(), second.entries(USER));
    second.map(PAGE, 9, ALL);
    second.load(USER, PAGE);
    assertEquals("0x10009 rwx", second.seen(USER, PAGE));
  }

  @Test
  void anotherMachineIsLeftAlone() {
    IndexedVirtualTlb tlb = new IndexedVirtualTlb();
    Guest first = new Guest(tlb, 0, Guest.HOST_MAP, Profile.GENERIC_32);
    Guest second = new Guest(tlb, 1, Guest.HOST_MAP, Profile.GENERIC_32);
    for (Guest each : List.of(first, second)) {
      each.map(PAGE, 9, ALL);
      each.store(USER, PAGE);
    }
    assertDrops(new Host(first).unmap(9, 1), first);
    first.follow(new DestroyMachine(0));
    assertEquals("0x10009 rwx", second.seen(USER, PAGE));
  }

  @Test
  void aMachineIsNotCreatedByFollowing() {
    assertThrows(IllegalArgumentException.class, () -> guest.follow(new CreateMachine(0)));
    assertThrows(IllegalArgumentException.class, () -> guest.follow(new CreateMachine(1)));
  }
}
