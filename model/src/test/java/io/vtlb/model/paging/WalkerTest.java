package io.vtlb.model.paging;

import static io.vtlb.model.guest.ExampleGuest.CONTROL;
import static io.vtlb.model.guest.ExampleGuest.FRAME;
import static io.vtlb.model.guest.ExampleGuest.LARGE_FRAME;
import static io.vtlb.model.guest.ExampleGuest.OTHER_TABLE;
import static io.vtlb.model.guest.ExampleGuest.ROOT;
import static io.vtlb.model.guest.ExampleGuest.TABLE;
import static io.vtlb.model.guest.ExampleGuest.WALKER;
import static io.vtlb.model.guest.ExampleGuest.page;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vtlb.model.guest.ExampleGuest;
import io.vtlb.model.machine.ControlRegister;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.PageSize;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Walks of particular structures. */
class WalkerTest {

  private static final int SELF = PageSize.LARGE_4M - 1;

  private final ExampleGuest guest = new ExampleGuest(0);

  @Test
  void readsTheEntriesThatTheAddressSelects() {
    guest.entry(ROOT, 3, TABLE, "PW").entry(TABLE, 1023, FRAME, "PW");
    GuestWalk walk = WALKER.walk(guest.memory(), CONTROL, page(3, 1023));
    assertEquals(
        List.of(ExampleGuest.address(ROOT, 3), ExampleGuest.address(TABLE, 1023)),
        walk.steps().stream().map(GuestWalk.Step::address).toList());
    assertEquals(List.of("PDE", "PTE"), walk.steps().stream().map(s -> s.level().name()).toList());
    assertEquals(
        new Translation(
            page(3, 1023), 1, FRAME, new WalkRights(true, false, true), 0, 0, false, false),
        reached(walk));
  }

  @Test
  void aLargePageCoversItsRegion() {
    guest.entry(ROOT, 1, LARGE_FRAME, "PWULDG");
    Translation found = reached(WALKER.walk(guest.memory(), CONTROL, page(1, 5)));
    assertEquals(
        new Translation(
            page(1, 0), 1024, LARGE_FRAME, new WalkRights(true, true, true), 0, 0, true, true),
        found);
    assertEquals(LARGE_FRAME + 5, found.frame(page(1, 5)));
    assertTrue(found.covers(page(1, 1023)));
    assertFalse(found.covers(page(2, 0)));
    assertEquals(1, found.fragment(page(1, 5)).pages());
  }

  @Test
  void aDirectoryThatNamesItselfIsItsOwnTableAndThenAPage() {
    guest.entry(ROOT, SELF, ROOT, "PW").entry(ROOT, 0, TABLE, "PWU");
    assertEquals(ROOT, reached(page(SELF, SELF)).frame());
    assertEquals(TABLE, reached(page(SELF, 0)).frame());
    assertFalse(reached(page(SELF, 0)).rights().user());
  }

  @Test
  void theLowBitsOfCr3DoNotCount() {
    guest.entry(ROOT, 0, TABLE, "P").entry(TABLE, 0, FRAME, "P");
    ControlState noisy = CONTROL.with(ControlRegister.CR3, PageSize.address(ROOT, 0xFFF));
    assertEquals(WALKER.walk(guest.memory(), CONTROL, 0), WALKER.walk(guest.memory(), noisy, 0));
  }

  @Test
  void theSizeBitIsIgnoredWithoutPageSizeExtensions() {
    guest.entry(ROOT, 0, TABLE, "PL").entry(TABLE, 0, FRAME, "PL");
    ControlState without = CONTROL.with(ControlRegister.CR4, 0);
    assertEquals(FRAME, reached(WALKER.walk(guest.memory(), without, 0)).frame());
  }

  @Test
  void bitSevenOfATableEntryMakesNoLargePage() {
    guest.entry(ROOT, 0, TABLE, "P").entry(TABLE, 0, FRAME, "PL");
    assertEquals(1, reached(0).pages());
  }

  @Test
  void nothingElseCountsInAnEntryThatIsNotPresent() {
    guest.entry(ROOT, 0, 0x600, "WUADLG");
    GuestWalk walk = WALKER.walk(guest.memory(), CONTROL, 0);
    assertInstanceOf(GuestWalk.End.NotPresent.class, walk.end());
    assertEquals(1, walk.steps().size());
  }

  @Test
  void tagsAndAbsentMemoryAreNotPresent() {
    assertInstanceOf(GuestWalk.End.NotPresent.class, WALKER.walk(guest.memory(), CONTROL, 0).end());
    guest.entry(ROOT, 0, ExampleGuest.DEVICE_FRAME, "PWU");
    GuestWalk walk = WALKER.walk(guest.memory(), CONTROL, 0);
    assertInstanceOf(GuestWalk.End.NotPresent.class, walk.end());
    assertEquals(2, walk.steps().size());
  }

  @Test
  void aWalkGoesOnFromAPartialOneWithItsRights() {
    guest.entry(ROOT, 1, OTHER_TABLE, "PWU").entry(TABLE, 0, FRAME, "PWU");
    WalkRights readOnly = new WalkRights(false, true, true);
    PartialWalk stale = new PartialWalk(1, page(1, 0), TABLE, readOnly, 0);
    assertTrue(stale.leadsTo(page(1, 7), PagingMode.TWO_LEVEL));
    assertFalse(stale.leadsTo(page(0, 7), PagingMode.TWO_LEVEL));
    GuestWalk walk = WALKER.walkFrom(stale, guest.memory(), CONTROL, page(1, 0));
    assertEquals(1, walk.steps().size());
    assertEquals(readOnly, reached(walk).rights());
  }

  @Test
  void theRootLeadsEverywhere() {
    PartialWalk root = PartialWalk.root(PagingMode.TWO_LEVEL, CONTROL);
    assertEquals(ROOT, root.table());
    assertTrue(root.leadsTo(0, PagingMode.TWO_LEVEL));
    assertTrue(root.leadsTo(page(1023, 1023), PagingMode.TWO_LEVEL));
  }

  @Test
  void aWalkSetsNoBits() {
    guest.entry(ROOT, 0, TABLE, "P").entry(TABLE, 0, FRAME, "P");
    WALKER.walk(guest.memory(), CONTROL, 0);
    assertEquals(
        List.of(0L, 0L),
        WALKER.walk(guest.memory(), CONTROL, 0).steps().stream()
            .map(step -> step.entry() & (EntryBits.ACCESSED | EntryBits.DIRTY))
            .toList());
  }

  private Translation reached(long page) {
    return reached(WALKER.walk(guest.memory(), CONTROL, page));
  }

  private static Translation reached(GuestWalk walk) {
    return assertInstanceOf(GuestWalk.End.Reached.class, walk.end()).translation();
  }
}
