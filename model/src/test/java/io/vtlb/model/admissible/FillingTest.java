package io.vtlb.model.admissible;

import static io.vtlb.model.guest.ExampleGuest.FRAME;
import static io.vtlb.model.guest.ExampleGuest.LARGE_FRAME;
import static io.vtlb.model.guest.ExampleGuest.OTHER_FRAME;
import static io.vtlb.model.guest.ExampleGuest.OTHER_ROOT;
import static io.vtlb.model.guest.ExampleGuest.OTHER_TABLE;
import static io.vtlb.model.guest.ExampleGuest.ROOT;
import static io.vtlb.model.guest.ExampleGuest.TABLE;
import static io.vtlb.model.guest.ExampleGuest.page;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vtlb.model.machine.ControlRegister;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.PageSize;
import io.vtlb.model.paging.WalkRights;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What may be cached, and when (Intel SDM vol. 3, 4.10.2.2 and 4.10.3.1). */
class FillingTest {

  private final CachedGuest cached = new CachedGuest();

  @Test
  void anEntryIsCachedAsSoonAsItIsThere() {
    cached.map(0, FRAME, "PA");
    assertEquals(Set.of(FRAME), cached.frames(0));
  }

  @Test
  void anEntryThatIsNotPresentOrNotAccessedIsNever() {
    cached.map(0, FRAME, "WUA").map(1, FRAME, "PWU");
    assertEquals(Set.of(), cached.frames(0));
    assertEquals(Set.of(), cached.frames(1));
  }

  @Test
  void anEntryWithAReservedBitIsNever() {
    long reserved = LARGE_FRAME | 0x200;
    cached.entry(ROOT, 1, reserved, "PWUAL");
    assertEquals(Set.of(), cached.frames(page(1, 0)));
    assertEquals(Set.of(TABLE), cached.tables());
  }

  @Test
  void anEntryThatBecomesAccessedIs() {
    cached.map(0, FRAME, "PW").map(0, FRAME, "PWA");
    assertEquals(Set.of(FRAME), cached.frames(0));
  }

  @Test
  void aDirectoryEntryThatIsNotAccessedLeadsNowhere() {
    cached.entry(ROOT, 1, OTHER_TABLE, "PWU").entry(OTHER_TABLE, 0, FRAME, "PWUA");
    assertEquals(Set.of(), cached.frames(page(1, 0)));
    assertEquals(Set.of(TABLE), cached.tables());
  }

  @Test
  void aPartialWalkIsCachedThoughNothingIsPresentBelow() {
    cached.entry(ROOT, 1, OTHER_TABLE, "PA");
    assertEquals(Set.of(TABLE, OTHER_TABLE), cached.tables());
  }

  @Test
  void rightsAreCombinedAndTheLeafGivesDirtyAndGlobal() {
    cached.entry(ROOT, 1, OTHER_TABLE, "PUADG").entry(OTHER_TABLE, 0, FRAME, "PWAD");
    assertEquals(
        List.of(new Fragment(FRAME, new WalkRights(false, false, true), 0, 0, false, true)),
        cached.admissible().at(page(1, 0)).stream()
            .map(translation -> Fragment.of(translation, page(1, 0)))
            .toList());
  }

  @Test
  void theOldAndTheNewEntryMayBothBeCached() {
    cached.map(0, FRAME, "PWA").map(0, OTHER_FRAME, "PWA");
    assertEquals(Set.of(FRAME, OTHER_FRAME), cached.frames(0));
  }

  @Test
  void aTranslationOutlivesTheEntriesThatItCameFrom() {
    cached.map(0, FRAME, "PWA").clear(TABLE, 0).clear(ROOT, 0);
    assertEquals(Set.of(FRAME), cached.frames(0));
  }

  @Test
  void aStalePartialWalkLeadsToEntriesThatAreNew() {
    cached.clear(ROOT, 0).map(0, FRAME, "PWA");
    assertEquals(Set.of(FRAME), cached.frames(0));
    cached.invalidatePage(0);
    assertEquals(Set.of(), cached.frames(0));
    cached.map(1, FRAME, "PWA");
    assertEquals(Set.of(), cached.frames(1));
  }

  @Test
  void aDirectoryThatIsItsOwnTableMapsItself() {
    int self = PageSize.LARGE_4M - 1;
    cached.entry(ROOT, self, ROOT, "PWA");
    assertEquals(Set.of(ROOT), cached.frames(page(self, self)));
    assertEquals(Set.of(TABLE), cached.frames(page(self, 0)));
  }

  @Test
  void sizeBitMakesALargePageOnlyWithPageSizeExtensions() {
    cached.entry(ROOT, 1, LARGE_FRAME, "PWUAL");
    assertEquals(Set.of(LARGE_FRAME + 3), cached.frames(page(1, 3)));
    cached.write(ControlRegister.CR4, ControlState.CR4_PGE);
    assertEquals(Set.of(LARGE_FRAME + 3), cached.frames(page(1, 3)), "nothing was invalidated");
    assertEquals(Set.of(TABLE, LARGE_FRAME), cached.tables(), "it names a table now");
  }

  @Test
  void globalCountsOnlyWithGlobalPages() {
    cached.write(ControlRegister.CR4, ControlState.CR4_PSE);
    cached.map(0, FRAME, "PWAG");
    assertFalse(cached.admissible().at(0).getFirst().global());
    cached.write(ControlRegister.CR4, ControlState.CR4_PSE | ControlState.CR4_PGE);
    assertTrue(cached.admissible().at(0).getFirst().global());
  }

  @Test
  void theRootIsThatOfCr3WithoutItsLowBits() {
    cached.entry(OTHER_ROOT, 0, OTHER_TABLE, "PWA").entry(OTHER_TABLE, 0, FRAME, "PWA");
    assertEquals(Set.of(), cached.frames(0));
    cached.write(ControlRegister.CR3, PageSize.address(OTHER_ROOT, 0x18));
    assertEquals(Set.of(FRAME), cached.frames(0));
    assertEquals(OTHER_ROOT, cached.admissible().root().table());
  }
}
