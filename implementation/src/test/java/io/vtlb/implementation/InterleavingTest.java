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
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The host acts while an event is handled, right after one of its reads of guest memory. */
class InterleavingTest {

  private static final long PAGE = 5;
  private static final long LARGE_PAGE = 1024;
  private static final long ALL = P | W | U | A | D;

  private final List<Guest> cpus = Guest.cpus(2, Layout.LEVELS_4);
  private final Guest guest = cpus.get(0);
  private final Guest other = cpus.get(1);
  private final Host host = new Host(guest, other);

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void aFrameUnmappedDuringTheWalkIsADevices(int read) {
    guest.map(PAGE, 9, ALL);
    guest.memory.afterRead(read, () -> host.unmap(9, 1));
    assertDevice(guest.store(USER, PAGE));
    assertEquals(List.of(), guest.entries(USER));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void aFrameMovedDuringTheWalkIsReachedWhereItIs(int read) {
    guest.map(PAGE, 9, ALL);
    guest.memory.afterRead(read, () -> host.move(9, FREE, 1));
    assertInstalled(guest.store(USER, PAGE));
    assertEquals("0x10000000 rwx", guest.seen(USER, PAGE));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void aFrameProtectedDuringTheWalkIsNotStoredTo(int read) {
    guest.map(PAGE, 9, ALL);
    guest.memory.afterRead(read, () -> host.protect(9, 1));
    assertDevice(guest.store(USER, PAGE));
    guest.memory.afterRead(4 + read, () -> host.protect(10, 1));
    assertInstalled(guest.load(USER, PAGE));
    assertEquals("0x10009 r-x", guest.seen(USER, PAGE));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void aFrameMappedDuringTheWalkIsReached(int read) {
    guest.map(PAGE, Guest.DEVICE_FRAME, ALL);
    guest.memory.afterRead(read, () -> host.map(Guest.DEVICE_FRAME, FREE, 1));
    assertInstalled(guest.load(USER, PAGE));
    assertEquals("0x10000000 rwx", guest.seen(USER, PAGE));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void aLargePageSplitDuringTheWalkIsNoLargeEntry(int read) {
    guest.mapLarge(LARGE_PAGE, 1, 512, ALL);
    guest.memory.afterRead(read, () -> host.protect(512 + 7, 1));
    assertInstalled(guest.store(USER, LARGE_PAGE));
    assertEquals(1, guest.entry(USER, LARGE_PAGE).orElseThrow().pages());
  }

  @Test
  void aTableUnmappedDuringTheWalkIsNotWrittenTo() {
    guest.map(PAGE, 9, P | W | U);
    long lastTable = guest.get(PAGE, 1) >>> 12;
    guest.memory.afterRead(4, () -> host.unmap(lastTable, 1));
    Answers.assertFault(4, guest.load(USER, PAGE));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void theLogStartsDuringTheWalk(int read) {
    guest.map(PAGE, 9, ALL);
    guest.memory.afterRead(read, host::startLog);
    assertInstalled(guest.store(USER, PAGE));
    assertEquals("0x10009 rwx", guest.seen(USER, PAGE));
    assertTrue(host.harvest().contains(9L));
  }

  /** The entry that permits the access goes while it is compared with the pages it is made of. */
  @ParameterizedTest
  @ValueSource(ints = {5, 100, 2052})
  void anEntryThatGoesWhileItIsComparedIsNotSpurious(int read) {
    guest.mapLarge(LARGE_PAGE, 1, 512, ALL);
    guest.store(USER, LARGE_PAGE);
    splitByGuest();
    guest.memory.afterRead(read, () -> host.unmap(512 + 3, 1));
    assertDevice(guest.store(USER, LARGE_PAGE + 3));
    assertEquals("none", guest.seen(USER, LARGE_PAGE + 3));
  }

  /** Base pages in place of the large one, which lead where it led. */
  private void splitByGuest() {
    guest.set(LARGE_PAGE, 1, 0);
    for (int page = 0; page < 512; page++) {
      guest.map(LARGE_PAGE + page, 512 + page, ALL);
    }
    guest.flip(LARGE_PAGE, 1, A);
  }

  /** Each read of the comparison in turn; the slots of the entries move under it. */
  @Test
  void entriesGoWhileAllAreCompared() {
    for (int read = 1; read <= 48; read++) {
      Guest each = new Guest(Layout.LEVELS_4);
      Host below = new Host(each);
      for (int page = 0; page < 12; page++) {
        each.map(page, 0x200 + page, ALL);
        each.store(page % 2 == 0 ? USER : SUPERVISOR, page);
      }
      each.map(3, 0x300, ALL);
      each.map(4, 0, 0);
      AtomicBoolean done = new AtomicBoolean();
      each.memory.afterRead(
          read,
          () -> {
            assertDrops(below.unmap(0x202, 3), each);
            below.protect(0x207, 2);
            below.move(0x20A, FREE, 1);
            assertEquals("none", each.seen(USER, 2));
            done.set(true);
          });
      each.root(Guest.ROOT);
      assertTrue(done.get());
      for (long gone : new long[] {2, 4, 10}) {
        assertEquals("none", each.seen(USER, gone));
      }
      assertEquals("0x10200 rwx", each.seen(USER, 0));
      assertEquals("0x10208 r-x", each.seen(USER, 8));
      assertEquals("0x10207 r-x", each.seen(SUPERVISOR, 7));
      assertEquals("0x1020b rwx", each.seen(SUPERVISOR, 11));
    }
  }

  /** What an event has replaced the processor still holds until the answer, or until told. */
  @Test
  void theProcessorForgetsWhatTheEventHasAlreadyReplaced() {
    guest.map(1, 0x201, ALL);
    guest.map(2, 0x202, ALL);
    guest.store(USER, 1);
    guest.store(USER, 2);
    guest.map(2, 0x203, ALL);
    guest.memory.afterRead(
        8,
        () -> {
          assertEquals("0x10203 rwx", guest.seen(USER, 2));
          assertDrops(host.unmap(0x202, 1), guest);
        });
    guest.root(Guest.ROOT);
    assertEquals("0x10203 rwx", guest.seen(USER, 2));
  }

  @Test
  void anotherVirtualCpuIsRevokedAtOnce() {
    guest.map(PAGE, 9, ALL);
    other.store(USER, PAGE);
    guest.memory.afterRead(
        4,
        () -> {
          assertDrops(host.unmap(9, 1), guest, other);
          assertEquals("none", other.seen(USER, PAGE));
        });
    assertDevice(guest.load(USER, PAGE));
  }
}
