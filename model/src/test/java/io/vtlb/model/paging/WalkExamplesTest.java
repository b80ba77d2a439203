package io.vtlb.model.paging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.vtlb.model.guest.ModeGuest;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.PageSize;
import io.vtlb.model.machine.Profile;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A walk of each mode to each size of page, entry by entry (Intel SDM vol. 3, figures 4-2 to 4-10).
 */
class WalkExamplesTest {

  private static final Walker WALKER = new Walker(Profile.GENERIC_64);
  private static final WalkRights ALL = new WalkRights(true, true, true);

  @Test
  void withoutPagingALinearAddressIsPhysical() {
    ModeGuest guest = new ModeGuest(PagingMode.NONE);
    GuestWalk walk = walk(guest, 0xFFFF_F123L);
    assertEquals(List.of(), walk.steps());
    assertEquals(Translation.identity(0xF_FFFFL), reached(walk));
    assertEquals(0xF_FFFFL, reached(walk).frame());
    assertEquals(ALL, reached(walk).rights());
  }

  @Test
  void a4KPageOf32BitPaging() {
    ModeGuest guest = new ModeGuest(PagingMode.TWO_LEVEL);
    guest.entry(0, 0x3FE, 0x0001_1007L).entry(1, 0x001, 0xFEDC_B167L);
    GuestWalk walk = walk(guest, 0xFF80_1ABCL);
    assertSteps(walk, "PDE 10ff8 = 11007", "PTE 11004 = fedcb167");
    assertEquals(new Translation(0xF_F801L, 1, 0xF_EDCBL, ALL, 0, 0, true, true), reached(walk));
  }

  @Test
  void a4MPageOf32BitPagingReaches40Bits() {
    ModeGuest guest = new ModeGuest(PagingMode.TWO_LEVEL);
    guest.entry(0, 0x001, 0x121F_E085L);
    GuestWalk walk = walk(guest, 0x0040_5000L);
    assertSteps(walk, "PDE 10004 = 121fe085");
    assertEquals(
        new Translation(
            0x400, 1024, 0xFF1_2000L, new WalkRights(false, true, true), 0, 0, false, false),
        reached(walk));
    assertEquals(0xFF1_2005L, reached(walk).frame(0x405));
  }

  @Test
  void a4KPageOfPaePaging() {
    ModeGuest guest = new ModeGuest(PagingMode.PAE);
    guest.entry(0, 3, 0x0001_1001L).entry(1, 0x1FF, 0x0001_2007L);
    guest.entry(2, 0x002, 0x8000_0020_0000_1007L);
    GuestWalk walk = walk(guest, 0xFFE0_2000L);
    assertSteps(
        walk,
        "PDPTE ffffffffffffffff = 11001",
        "PDE 11ff8 = 12007",
        "PTE 12010 = 8000002000001007");
    assertEquals(
        new Translation(
            0xF_FE02L, 1, 0x200_0001L, new WalkRights(true, true, false), 0, 0, false, false),
        reached(walk));
  }

  @Test
  void a2MPageOfPaePaging() {
    ModeGuest guest = new ModeGuest(PagingMode.PAE);
    guest.entry(0, 1, 0x0001_1001L).entry(1, 2, 0x0000_0001_0020_1183L);
    GuestWalk walk = walk(guest, 0x4040_3000L);
    assertSteps(walk, "PDPTE ffffffffffffffff = 11001", "PDE 11010 = 100201183");
    assertEquals(
        new Translation(
            0x4_0400L, 512, 0x10_0200L, new WalkRights(true, false, true), 0, 0, true, false),
        reached(walk));
    assertEquals(0x10_0203L, reached(walk).frame(0x4_0403L));
  }

  @Test
  void a4KPageOf4LevelPaging() {
    ModeGuest guest = new ModeGuest(PagingMode.FOUR_LEVEL);
    guest.entry(0, 0x0FF, 0x0001_1007L).entry(1, 0x048, 0x0001_2007L);
    guest.entry(2, 0x1A2, 0x0001_3007L).entry(3, 0x167, 0x5800_0000_0ABC_D067L);
    GuestWalk walk = walk(guest, 0x0000_7F92_3456_7000L);
    assertSteps(
        walk,
        "PML4E 107f8 = 11007",
        "PDPTE 11240 = 12007",
        "PDE 12d10 = 13007",
        "PTE 13b38 = 580000000abcd067");
    assertEquals(
        new Translation(0x7_F923_4567L, 1, 0xABCDL, ALL, 0xB, 0, false, true), reached(walk));
  }

  @Test
  void a2MPageOf4LevelPagingInTheUpperHalf() {
    ModeGuest guest = new ModeGuest(PagingMode.FOUR_LEVEL);
    guest.entry(0, 0x1FF, 0x0001_1003L).entry(1, 0x1FE, 0x0001_2003L);
    guest.entry(2, 0x001, 0x0000_2000_0040_1083L);
    GuestWalk walk = walk(guest, 0xFFFF_FFFF_8030_0000L);
    assertSteps(walk, "PML4E 10ff8 = 11003", "PDPTE 11ff0 = 12003", "PDE 12008 = 200000401083");
    assertEquals(
        new Translation(
            -0x7_FE00L, 512, 0x2_0000_0400L, new WalkRights(true, false, true), 0, 0, false, false),
        reached(walk));
    assertEquals(0x2_0000_0500L, reached(walk).frame(-0x7_FD00L));
  }

  @Test
  void a1GPageOf4LevelPaging() {
    ModeGuest guest = new ModeGuest(PagingMode.FOUR_LEVEL);
    guest.entry(0, 0, 0x0001_1007L).entry(1, 5, 0x8000_0002_C000_11E7L);
    GuestWalk walk = walk(guest, 0x1_7FFF_F000L);
    assertSteps(walk, "PML4E 10000 = 11007", "PDPTE 11028 = 80000002c00011e7");
    assertEquals(
        new Translation(
            0x14_0000L, 0x4_0000, 0x2C_0000L, new WalkRights(true, true, false), 0, 0, true, true),
        reached(walk));
    assertEquals(0x2F_FFFFL, reached(walk).frame(0x17_FFFFL));
  }

  @Test
  void a4KPageOf5LevelPaging() {
    ModeGuest guest = new ModeGuest(PagingMode.FIVE_LEVEL);
    guest.entry(0, 0x100, 0x0001_1007L).entry(1, 1, 0x0001_2007L).entry(2, 2, 0x0001_3007L);
    guest.entry(3, 3, 0x0001_4007L).entry(4, 4, 0x0000_0000_0002_1005L);
    GuestWalk walk = walk(guest, 0xFF00_0080_8060_4000L);
    assertSteps(
        walk,
        "PML5E 10800 = 11007",
        "PML4E 11008 = 12007",
        "PDPTE 12010 = 13007",
        "PDE 13018 = 14007",
        "PTE 14020 = 21005");
    assertEquals(
        new Translation(
            0xF_F000_0808_0604L - (1L << 52),
            1,
            0x21,
            new WalkRights(false, true, true),
            0,
            0,
            false,
            false),
        reached(walk));
  }

  @Test
  void a2MAndA1GPageOf5LevelPaging() {
    ModeGuest guest = new ModeGuest(PagingMode.FIVE_LEVEL);
    guest.link(0, 0).link(1, 0).link(2, 0);
    guest.entry(3, 7, 0x0000_0000_0060_0087L).entry(2, 1, 0x0000_0000_8000_0087L);
    assertEquals(
        new Translation(0xE00, PageSize.LARGE_2M, 0x600, ALL, 0, 0, false, false),
        reached(walk(guest, 0x00FF_F000L)));
    assertEquals(
        new Translation(0x4_0000, PageSize.LARGE_1G, 0x8_0000, ALL, 0, 0, false, false),
        reached(walk(guest, 0x7FFF_F000L)));
  }

  @Test
  void aWalkCarriesThePcidOfCr3() {
    ModeGuest guest = new ModeGuest(PagingMode.FOUR_LEVEL);
    guest.link(0, 0).link(1, 0).link(2, 0).entry(3, 0, 0x21, "P");
    var control = guest.control();
    var tagged =
        new ControlState(
            control.cr0(),
            control.cr3() | 0xABC,
            control.cr4() | ControlState.CR4_PCIDE,
            control.efer());
    assertEquals(0xABC, reached(WALKER.walk(guest.memory(), tagged, 0)).pcid());
    assertEquals(0xABC, PartialWalk.root(PagingMode.FOUR_LEVEL, tagged).pcid());
    assertEquals(0, reached(walk(guest, 0)).pcid());
  }

  private static GuestWalk walk(ModeGuest guest, long address) {
    return WALKER.walk(guest.memory(), guest.control(), PageSize.page(address));
  }

  private static void assertSteps(GuestWalk walk, String... expected) {
    assertEquals(
        List.of(expected),
        walk.steps().stream()
            .map(step -> "%s %x = %x".formatted(step.level().name(), step.address(), step.entry()))
            .toList());
  }

  private static Translation reached(GuestWalk walk) {
    return assertInstanceOf(GuestWalk.End.Reached.class, walk.end()).translation();
  }
}
