package io.vtlb.model.admissible;

import static io.vtlb.model.admissible.CachedModeGuest.FRAME;
import static io.vtlb.model.admissible.CachedModeGuest.OTHER_TABLE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vtlb.model.machine.ControlRegister;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.InvalidationType;
import io.vtlb.model.machine.PageSize;
import io.vtlb.model.paging.PagingMode;
import io.vtlb.model.paging.Translation;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Large pages of 2 MiB and 1 GiB may be cached as smaller entries; INVLPG forgets those of the page
 * that the tables map (Intel SDM vol. 3, 4.10.2.3 and 4.10.4.1).
 */
class NestedFragmentsTest {

  private static final int PDPT = 1;
  private static final int DIRECTORY = 2;
  private static final long GIB = PageSize.LARGE_1G;
  private static final long MIB2 = PageSize.LARGE_2M;
  private static final long OLD = 0x4_0000;
  private static final long NEW = 0x8_0000;

  private final CachedModeGuest cached = new CachedModeGuest(PagingMode.FOUR_LEVEL);

  NestedFragmentsTest() {
    cached.entry(PDPT, 1, OLD, "PWUAL");
  }

  @Test
  void aGibIsForgottenWholeWhileTheTablesMapAGib() {
    cached.entry(PDPT, 1, NEW, "PWUAL").invalidatePage(GIB + 5);
    assertEquals(Set.of(NEW + 5), cached.frames(GIB + 5));
    assertEquals(Set.of(NEW + MIB2), cached.frames(GIB + MIB2));
  }

  @Test
  void ofAGibOnlyThePartThatTheTablesMapNowIsForgotten() {
    cached.entryAt(OTHER_TABLE, 0, NEW, "PWUAL").entry(PDPT, 1, OTHER_TABLE, "PWUA");
    List<Translation> gone = cached.invalidatePage(GIB + 5);
    assertEquals(MIB2, gone.size());
    assertEquals(Set.of(NEW), cached.frames(GIB));
    assertEquals(Set.of(NEW + 511), cached.frames(GIB + 511));
    assertEquals(Set.of(OLD + MIB2), cached.frames(GIB + MIB2));
    assertEquals(Set.of(OLD + GIB - 1), cached.frames(2 * GIB - 1));
  }

  @Test
  void ofAGibOnlyOneFragmentIsForgottenIfTheTablesMapASmallPageOrNothing() {
    cached.clear(PDPT, 1).invalidatePage(GIB + 5);
    assertEquals(Set.of(), cached.frames(GIB + 5));
    assertEquals(Set.of(OLD + 6), cached.frames(GIB + 6));
    cached.entryAt(OTHER_TABLE, 0, OTHER_TABLE + 1, "PWUA");
    cached.entryAt(OTHER_TABLE + 1, 6, FRAME, "PWUA").entry(PDPT, 1, OTHER_TABLE, "PWUA");
    cached.invalidatePage(GIB + 6);
    assertEquals(Set.of(FRAME), cached.frames(GIB + 6));
    assertEquals(Set.of(OLD + 7), cached.frames(GIB + 7));
  }

  @Test
  void smallerPagesElsewhereInAGibAreNotForgottenWithIt() {
    cached.entryAt(OTHER_TABLE, 0, NEW, "PWUAL").entryAt(OTHER_TABLE, 1, NEW + MIB2, "PWUAL");
    cached.entry(PDPT, 1, OTHER_TABLE, "PWUA").entry(PDPT, 1, OLD, "PWUAL");
    cached.invalidatePage(GIB);
    assertEquals(Set.of(OLD), cached.frames(GIB));
    assertEquals(Set.of(OLD + MIB2, NEW + MIB2), cached.frames(GIB + MIB2));
  }

  @Test
  void a2MPageIsForgottenWholeWhileTheTablesMapSuchAPage() {
    cached.entry(DIRECTORY, 1, 0x400, "PWUAL").entry(DIRECTORY, 1, 0x600, "PWUAL");
    cached.invalidatePage(MIB2 + 3);
    assertEquals(Set.of(0x600L), cached.frames(MIB2));
    assertEquals(Set.of(0x7FFL), cached.frames(MIB2 + 511));
  }

  @Test
  void of2MPagesPaePagingForgetsAFragmentToo() {
    CachedModeGuest pae = new CachedModeGuest(PagingMode.PAE);
    pae.entry(1, 1, 0x400, "PWUAL").clear(1, 1).invalidatePage(MIB2 + 3);
    assertEquals(Set.of(), pae.frames(MIB2 + 3));
    assertEquals(Set.of(0x404L), pae.frames(MIB2 + 4));
  }

  @Test
  void invalidatePcidForgetsAllFragmentsUnderTheCurrentPcid() {
    cached.entry(PDPT, 1, NEW, "PWUAL");
    cached.invalidatePcid(InvalidationType.ADDRESS, 0, GIB + 5);
    assertEquals(Set.of(NEW + 5), cached.frames(GIB + 5));
    assertEquals(Set.of(NEW + 6), cached.frames(GIB + 6));
    assertEquals(Set.of(NEW + MIB2), cached.frames(GIB + MIB2));
  }

  @Test
  void invalidatePcidForgetsOneFragmentUnderAnotherPcid() {
    cached.invert(ControlRegister.CR4, ControlState.CR4_PCIDE);
    cached.enter(1);
    cached.entry(PDPT, 1, NEW, "PWUAL");
    cached.enter(2);
    cached.invalidatePcid(InvalidationType.ADDRESS, 1, GIB + 5);
    cached.enterKeeping(1);
    assertEquals(Set.of(NEW + 5), cached.frames(GIB + 5));
    assertEquals(Set.of(OLD + 6, NEW + 6), cached.frames(GIB + 6));
  }

  @Test
  void aDeliveredFaultForgetsOneFragment() {
    cached.entry(PDPT, 1, NEW, "PWUAL");
    cached.deliverFault(GIB + 6);
    assertEquals(Set.of(NEW + 6), cached.frames(GIB + 6));
    assertEquals(Set.of(OLD + 7, NEW + 7), cached.frames(GIB + 7));
  }

  @Test
  void aGibHeldInPartIsWholeAgainOnceItIsRefilled() {
    Translation gib = cached.admissible().at(GIB).getFirst();
    assertTrue(cached.admissible().holdsWhole(gib));
    cached.clear(PDPT, 1).invalidatePage(GIB);
    assertFalse(cached.admissible().holdsWhole(gib));
    assertTrue(cached.admissible().mayHoldFragmentsAround(GIB + 1));
    cached.entry(PDPT, 1, OLD, "PWUAL");
    assertTrue(cached.admissible().holdsWhole(gib));
  }

  @Test
  void pagesOfTheUpperHalfAreFoundByNegativeNumbers() {
    cached.entry(0, 511, 0x11, "PWUA").entry(PDPT, 511, OLD, "PWUAL");
    assertEquals(Set.of(OLD + GIB - 1), cached.frames(-1));
    cached.clear(PDPT, 511).invalidatePage(-1);
    assertEquals(Set.of(), cached.frames(-1));
    assertEquals(Set.of(OLD + GIB - 2), cached.frames(-2));
    assertEquals(Set.of(OLD), cached.frames(-GIB));
  }
}
