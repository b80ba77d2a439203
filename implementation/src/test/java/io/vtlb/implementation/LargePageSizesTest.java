package io.vtlb.implementation;

import static io.vtlb.implementation.Answers.assertDevice;
import static io.vtlb.implementation.Answers.assertDropsEverything;
import static io.vtlb.implementation.Answers.assertDropsPage;
import static io.vtlb.implementation.Answers.assertInstalled;
import static io.vtlb.implementation.Guest.A;
import static io.vtlb.implementation.Guest.D;
import static io.vtlb.implementation.Guest.HUGE;
import static io.vtlb.implementation.Guest.LARGE_IN_TWO_PIECES;
import static io.vtlb.implementation.Guest.MISALIGNED_1G;
import static io.vtlb.implementation.Guest.MISALIGNED_2M;
import static io.vtlb.implementation.Guest.P;
import static io.vtlb.implementation.Guest.PS;
import static io.vtlb.implementation.Guest.U;
import static io.vtlb.implementation.Guest.W;
import static io.vtlb.model.machine.PageSize.LARGE_1G;
import static io.vtlb.model.machine.PageSize.LARGE_2M;
import static io.vtlb.model.machine.PrivilegeSet.SUPERVISOR;
import static io.vtlb.model.machine.PrivilegeSet.USER;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vtlb.model.event.Response;
import io.vtlb.model.machine.AccessRights;
import io.vtlb.model.target.ActiveEntry;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Guest pages of 2 MiB and 1 GiB are one entry where the host has an aligned piece for them. */
class LargePageSizesTest {

  private static final long ALL = P | W | U | A | D;
  private static final long PAT = 1 << 12;
  private static final long START = 0x4_0000;
  private static final AccessRights RWX = new AccessRights(true, true, true);

  private final Guest guest = new Guest(Layout.LEVELS_4);

  @ParameterizedTest
  @EnumSource(names = {"PAE", "LEVELS_4", "LEVELS_5"})
  void twoMiBAreOneEntry(Layout layout) {
    Guest wide = new Guest(layout);
    wide.mapLarge(START, 1, 512, ALL | PAT);
    assertInstalled(wide.store(USER, START + 511));
    assertEquals(
        List.of(new ActiveEntry(START, LARGE_2M, Guest.HOST + 512, RWX)), wide.entries(USER));
  }

  @ParameterizedTest
  @EnumSource(names = {"LEVELS_4", "LEVELS_5"})
  void oneGiBIsOneEntry(Layout layout) {
    Guest wide = new Guest(layout);
    wide.mapLarge(-START, 2, HUGE, ALL | PAT);
    assertInstalled(wide.store(USER, -1));
    assertEquals(
        List.of(new ActiveEntry(-START, LARGE_1G, Guest.HUGE_HOST, RWX)), wide.entries(USER));
  }

  @Test
  void aMisalignedPieceOfTheHostIsInstalledPageByPage() {
    guest.mapLarge(START, 1, MISALIGNED_2M, ALL);
    guest.load(USER, START + 3);
    assertEquals("0x300004 rwx", guest.seen(USER, START + 3));
    assertEquals("none", guest.seen(USER, START + 4));
    guest.mapLarge(2 * START, 2, MISALIGNED_1G, ALL);
    guest.load(USER, 3 * START - 1);
    assertEquals("0x80401ff rwx", guest.seen(USER, 3 * START - 1));
    assertEquals(2, guest.entries(USER).size());
  }

  @Test
  void aGiBWithHolesIsMappedWhereThereIsMemory() {
    guest.mapLarge(START, 2, 0, ALL);
    guest.load(USER, START + 7);
    assertDevice(guest.load(USER, START + Guest.DEVICE_FRAME));
    assertEquals("0x10007 rwx", guest.seen(USER, START + 7));
  }

  @Test
  void anInvalidationReachesEveryFragmentOfTheGiBAndNoOtherPage() {
    guest.mapLarge(START, 2, MISALIGNED_1G, ALL);
    guest.mapLarge(2 * START, 2, MISALIGNED_1G, ALL);
    guest.load(USER, START);
    guest.load(SUPERVISOR, START + 0x3_0000);
    guest.load(USER, 2 * START);
    assertDropsEverything(guest.invalidate(START + 0x1_2345));
    assertEquals(List.of(), guest.entries(SUPERVISOR));
    assertEquals("0x8000200 rwx", guest.seen(USER, 2 * START));
    assertEquals(1, guest.entries(USER).size());
  }

  @Test
  void fragmentsOfA2MiBPageAreNotThoseOfItsNeighbour() {
    guest.mapLarge(START, 1, MISALIGNED_2M, ALL);
    guest.mapLarge(START + 512, 1, MISALIGNED_2M, ALL);
    guest.load(USER, START);
    guest.load(USER, START + 512);
    assertDropsPage(START, guest.invalidate(START));
    assertEquals("0x300001 rwx", guest.seen(USER, START + 512));
  }

  @Test
  void smallerPagesReplaceALargeEntry() {
    guest.mapLarge(START, 2, HUGE, ALL);
    guest.load(USER, START);
    guest.set(START, 2, 0);
    guest.mapLarge(START, 1, 512, P | W | U);
    Response response = guest.store(USER, START + 1);
    assertInstalled(response);
    assertDropsEverything(response);
    assertEquals(
        List.of(new ActiveEntry(START, LARGE_2M, Guest.HOST + 512, RWX)), guest.entries(USER));
    guest.set(START, 1, 0);
    guest.map(START + 1, 9, ALL & ~W);
    assertInstalled(guest.load(SUPERVISOR, START + 1));
    assertEquals(List.of(), guest.entries(USER));
    assertEquals("0x10009 r-x", guest.seen(SUPERVISOR, START + 1));
  }

  @Test
  void aLargeEntryReplacesSmallerOnes() {
    guest.map(START + 1, 9, ALL & ~W);
    guest.mapLarge(START + 512, 1, 512, ALL & ~W);
    guest.load(USER, START + 1);
    guest.load(USER, START + 512);
    guest.set(START, 2, (HUGE << 12) | ALL | PS);
    assertDropsEverything(guest.store(USER, START + 1));
    assertEquals(
        List.of(new ActiveEntry(START, LARGE_1G, Guest.HUGE_HOST, RWX)), guest.entries(USER));
  }

  @Test
  void aFullResyncKeepsPiecesOfWhatIsNowOneGuestPage() {
    guest.mapLarge(START, 1, HUGE, ALL);
    guest.map(START + 512, HUGE + 512, ALL);
    guest.load(USER, START);
    guest.load(USER, START + 512);
    guest.set(START, 2, (HUGE << 12) | ALL | PS);
    guest.root(Guest.ROOT);
    assertEquals(2, guest.entries(USER).size());
    guest.invalidate(START + 0x3_0000);
    assertEquals(List.of(), guest.entries(USER));
  }

  @Test
  void aFullResyncKeepsAGiBThatPagesOf2MiBMapAlike() {
    guest.mapLarge(START, 2, HUGE, ALL & ~D);
    guest.load(USER, START);
    guest.set(START, 2, 0);
    for (int piece = 0; piece < 512; piece++) {
      guest.mapLarge(START + piece * 512L, 1, HUGE + piece * 512L, ALL);
      guest.flip(START, 2, piece == 0 ? A : 0);
    }
    guest.root(Guest.ROOT);
    assertEquals("0x403ffff r-x", guest.seen(USER, 2 * START - 1));
    guest.flip(2 * START - 1, 1, U);
    guest.root(Guest.ROOT);
    assertEquals(List.of(), guest.entries(USER));
  }

  @Test
  void aFullResyncKeeps2MiBThatATableMapsAlike() {
    guest.mapLarge(START, 1, 512, ALL);
    guest.load(USER, START);
    guest.set(START, 1, 0);
    for (int piece = 0; piece < 512; piece++) {
      guest.map(START + piece, 512 + piece, ALL);
      guest.flip(START, 1, piece == 0 ? A : 0);
    }
    guest.root(Guest.ROOT);
    assertEquals("0x103ff rwx", guest.seen(USER, START + 511));
    guest.map(START + 7, LARGE_IN_TWO_PIECES, ALL);
    guest.root(Guest.ROOT);
    assertEquals(List.of(), guest.entries(USER));
  }

  @Test
  void theFirstStoreToAGiBSetsItsDirtyBit() {
    guest.mapLarge(START, 2, HUGE, P | W | U);
    guest.load(USER, START);
    assertEquals("0x4000000 r-x", guest.seen(USER, START));
    guest.store(USER, START + 9);
    assertEquals("0x4000000 rwx", guest.seen(USER, START));
    assertEquals(ALL | PS, guest.get(START, 2) & 0xFFF);
  }
}
