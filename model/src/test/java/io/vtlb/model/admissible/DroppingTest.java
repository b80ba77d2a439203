package io.vtlb.model.admissible;

import static io.vtlb.model.guest.ExampleGuest.FRAME;
import static io.vtlb.model.guest.ExampleGuest.OTHER_FRAME;
import static io.vtlb.model.guest.ExampleGuest.OTHER_ROOT;
import static io.vtlb.model.guest.ExampleGuest.OTHER_TABLE;
import static io.vtlb.model.guest.ExampleGuest.ROOT;
import static io.vtlb.model.guest.ExampleGuest.TABLE;
import static io.vtlb.model.guest.ExampleGuest.page;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vtlb.model.machine.ControlRegister;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.PageSize;
import io.vtlb.model.paging.Translation;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What each event obliges to forget, row by row (Intel SDM vol. 3, 4.10.4.1). */
class DroppingTest {

  private final CachedGuest cached = new CachedGuest();

  @Test
  void invalidatePageForgetsItsPageGlobalOrNot() {
    staleAt(0, "PWUA");
    staleAt(1, "PWUAG");
    cached.invalidatePage(0);
    assertEquals(Set.of(OTHER_FRAME), cached.frames(0));
    assertEquals(Set.of(FRAME, OTHER_FRAME), cached.frames(1));
    cached.invalidatePage(1);
    assertEquals(Set.of(OTHER_FRAME), cached.frames(1));
  }

  @Test
  void invalidatePageForgetsEveryPartialWalkEvenOfOtherPages() {
    stalePartialWalk();
    cached.invalidatePage(page(7, 0));
    assertEquals(Set.of(TABLE), cached.tables());
  }

  @Test
  void invalidatePageIsOfNoUseWhileTheOldEntryIsInMemory() {
    cached.map(0, FRAME, "PWUA");
    assertEquals(List.of(), cached.invalidatePage(0));
    cached.map(0, OTHER_FRAME, "PWUA");
    assertEquals(Set.of(FRAME, OTHER_FRAME), cached.frames(0));
  }

  @Test
  void whatIsGoneIsToldOnce() {
    staleAt(0, "PWUA");
    List<Translation> gone = cached.invalidatePage(0);
    assertEquals(List.of(FRAME), gone.stream().map(Translation::frame).toList());
    assertEquals(List.of(), cached.invalidatePage(0));
  }

  @Test
  void loadingTheRootForgetsAllButGlobalsAlsoWithTheSameValue() {
    staleAt(0, "PWUA");
    staleAt(1, "PWUAG");
    stalePartialWalk();
    cached.reloadRoot();
    assertEquals(Set.of(OTHER_FRAME), cached.frames(0));
    assertEquals(Set.of(FRAME, OTHER_FRAME), cached.frames(1));
    assertEquals(Set.of(TABLE), cached.tables());
  }

  @Test
  void aGlobalTranslationSurvivesIntoAnotherAddressSpace() {
    cached.map(0, FRAME, "PWUAG").map(1, FRAME, "PWUA");
    cached.write(ControlRegister.CR3, PageSize.address(OTHER_ROOT, 0));
    assertEquals(Set.of(FRAME), cached.frames(0));
    assertEquals(Set.of(), cached.frames(1));
  }

  @Test
  void togglingGlobalPagesForgetsEverythingInBothDirections() {
    staleAt(0, "PWUA");
    staleAt(1, "PWUAG");
    stalePartialWalk();
    cached.write(ControlRegister.CR4, ControlState.CR4_PSE);
    assertEquals(Set.of(OTHER_FRAME), cached.frames(0));
    assertEquals(Set.of(OTHER_FRAME), cached.frames(1));
    assertEquals(Set.of(TABLE), cached.tables());

    staleAt(2, "PWUA");
    cached.write(ControlRegister.CR4, ControlState.CR4_PSE | ControlState.CR4_PGE);
    assertEquals(Set.of(OTHER_FRAME), cached.frames(2));
  }

  @Test
  void otherControlBitsForgetNothing() {
    staleAt(0, "PWUA");
    stalePartialWalk();
    long allBut = ControlState.CR4_SMAP | ControlState.CR4_PGE;
    assertEquals(List.of(), cached.write(ControlRegister.CR4, allBut));
    assertEquals(
        List.of(), cached.write(ControlRegister.CR0, ControlState.CR0_PE | ControlState.CR0_PG));
    assertEquals(Set.of(FRAME, OTHER_FRAME), cached.frames(0));
    assertEquals(Set.of(TABLE, OTHER_TABLE), cached.tables());
  }

  @Test
  void aDeliveredFaultForgetsItsPageGlobalOrNot() {
    staleAt(0, "PUAG");
    staleAt(1, "PUA");
    cached.deliverFault(0);
    assertEquals(Set.of(OTHER_FRAME), cached.frames(0));
    assertEquals(Set.of(FRAME, OTHER_FRAME), cached.frames(1));
  }

  @Test
  void aDeliveredFaultForgetsThePartialWalksThatItMayHaveUsedOnly() {
    stalePartialWalk();
    cached.deliverFault(page(7, 0));
    assertEquals(Set.of(TABLE, OTHER_TABLE), cached.tables());
    cached.deliverFault(page(1, 5));
    assertEquals(Set.of(TABLE), cached.tables());
  }

  @Test
  void aTranslationFoundThroughAPartialWalkOutlivesIt() {
    stalePartialWalk();
    cached.entry(OTHER_TABLE, 0, FRAME, "PWUA").entry(OTHER_TABLE, 1, FRAME, "PWUA");
    cached.invalidatePage(page(1, 0));
    assertEquals(Set.of(), cached.frames(page(1, 0)));
    assertEquals(Set.of(FRAME), cached.frames(page(1, 1)));
  }

  /** A page that was at one frame and is at another. */
  private void staleAt(int index, String flags) {
    cached.map(index, FRAME, flags).map(index, OTHER_FRAME, flags);
  }

  /** A directory entry that led to a table and does so no more. */
  private void stalePartialWalk() {
    cached.entry(ROOT, 1, OTHER_TABLE, "PWUA").clear(ROOT, 1);
    assertEquals(Set.of(TABLE, OTHER_TABLE), cached.tables());
  }
}
