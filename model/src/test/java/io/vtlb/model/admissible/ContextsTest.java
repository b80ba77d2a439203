package io.vtlb.model.admissible;

import static io.vtlb.model.admissible.CachedModeGuest.FRAME;
import static io.vtlb.model.admissible.CachedModeGuest.OTHER_FRAME;
import static io.vtlb.model.admissible.CachedModeGuest.OTHER_TABLE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vtlb.model.machine.Access;
import io.vtlb.model.machine.AccessKind;
import io.vtlb.model.machine.ControlRegister;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.InvalidationType;
import io.vtlb.model.machine.PageSize;
import io.vtlb.model.machine.PrivilegeSet;
import io.vtlb.model.paging.PagingMode;
import io.vtlb.model.paging.Translation;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What is cached belongs to a PCID (Intel SDM vol. 3, 4.10.1). Page 0 was at one frame under PCID 1
 * and is at another; PCID 2 has never been used.
 */
@ParameterizedClass
@MethodSource("modes")
class ContextsTest {

  private final CachedModeGuest cached;

  ContextsTest(PagingMode mode) {
    cached = new CachedModeGuest(mode);
  }

  static List<PagingMode> modes() {
    return List.of(PagingMode.FOUR_LEVEL, PagingMode.FIVE_LEVEL);
  }

  @BeforeEach
  void staleUnderPcid1() {
    cached.invert(ControlRegister.CR4, ControlState.CR4_PCIDE);
    cached.enter(1);
    stale(0, "PWUA");
  }

  private void stale(int index, String flags) {
    cached.map(index, FRAME, flags).map(index, OTHER_FRAME, flags);
  }

  private void assertStale(int pcid, boolean stale) {
    cached.enterKeeping(pcid);
    assertEquals(stale ? Set.of(FRAME, OTHER_FRAME) : Set.of(OTHER_FRAME), cached.frames(0));
  }

  @Test
  void anotherPcidDoesNotUseWhatIsCachedUnderThisOne() {
    assertStale(1, true);
    assertStale(2, false);
    cached.admissible().forEach(0, translation -> assertEquals(2, translation.pcid()));
  }

  @Test
  void whatIsCachedWaitsForItsPcidToReturn() {
    assertStale(2, false);
    assertStale(1, true);
  }

  @Test
  void aLoadForgetsThePcidThatIsLoaded() {
    cached.enter(1);
    assertStale(1, false);
  }

  @Test
  void aLoadForgetsNoOtherPcid() {
    cached.enter(2);
    assertStale(1, true);
  }

  @Test
  void leavingAPcidMakesItsTranslationsUnusableForNow() {
    List<Translation> gone = cached.enterKeeping(2);
    assertTrue(gone.stream().anyMatch(one -> one.covers(0) && one.frame(0) == FRAME));
  }

  @Test
  void aGlobalTranslationIsUsedUnderEveryPcid() {
    stale(1, "PWUAG");
    cached.enter(2);
    assertEquals(Set.of(FRAME, OTHER_FRAME), cached.frames(1));
    cached.invalidatePage(1);
    assertEquals(Set.of(OTHER_FRAME), cached.frames(1));
    cached.enterKeeping(1);
    assertEquals(Set.of(OTHER_FRAME), cached.frames(1));
  }

  @Test
  void partialWalksBelongToTheirPcidAndGoOnWhenItReturns() {
    cached.entry(0, 1, OTHER_TABLE, "PWUA").clear(0, 1);
    long page = cached.admissible().mode().level(0).pages();
    assertEquals(Set.of("1:18"), cached.tables(page));
    cached.enterKeeping(2);
    assertEquals(Set.of(), cached.tables(page));
    cached.entryAt(OTHER_TABLE, 0, OTHER_TABLE + 1, "PWUA");
    assertEquals(Set.of(), cached.tables(page));
    cached.enterKeeping(1);
    assertEquals(Set.of("1:18", "2:19"), cached.tables(page));
  }

  @Test
  void invalidatePageForgetsTheCurrentPcidOnly() {
    cached.enter(2);
    cached.invalidatePage(0);
    assertStale(1, true);
    cached.invalidatePage(0);
    assertStale(1, false);
  }

  @Test
  void aDeliveredFaultForgetsTheCurrentPcidOnly() {
    cached.enter(2);
    cached.deliverFault(0);
    assertStale(1, true);
    cached.deliverFault(0);
    assertStale(1, false);
  }

  @Test
  void aDeliveredFaultForgetsAGlobalTranslationOfTheCurrentPcidOnly() {
    stale(1, "PWUAG");
    cached.enter(2);
    cached.deliverFault(1);
    assertEquals(Set.of(FRAME, OTHER_FRAME), cached.frames(1));
    cached.enterKeeping(1);
    cached.deliverFault(1);
    assertEquals(Set.of(OTHER_FRAME), cached.frames(1));
  }

  @Test
  void aGlobalTranslationOfAnotherPcidDeniesAPageUntilItsFaultIsDelivered() {
    stale(1, "PUAG");
    cached.enter(2);
    cached.map(1, OTHER_FRAME, "PWUAG");
    assertTrue(mayFaultStoresTo(1));
    cached.deliverFault(0);
    assertTrue(mayFaultStoresTo(1));
    cached.deliverFault(1);
    assertFalse(mayFaultStoresTo(1), "the same fault does not recur");
    assertEquals(Set.of(FRAME, OTHER_FRAME), cached.frames(1), "loads may still use it");
    cached.enterKeeping(1);
    cached.map(1, FRAME, "PUAG").map(1, OTHER_FRAME, "PWUAG");
    cached.enterKeeping(2);
    assertTrue(mayFaultStoresTo(1), "it has been cached anew");
  }

  private boolean mayFaultStoresTo(long page) {
    Access store = new Access(PageSize.address(page, 0), AccessKind.STORE, PrivilegeSet.SUPERVISOR);
    return !cached.ways(store).allPermit();
  }

  @Test
  void invalidatePcidMayNameAnotherPcidThanTheCurrentOne() {
    cached.enter(2);
    cached.invalidatePcid(InvalidationType.ADDRESS, 2, 0);
    cached.invalidatePcid(InvalidationType.ADDRESS, 1, 1);
    cached.invalidatePcid(InvalidationType.SINGLE_CONTEXT, 2, 0);
    assertStale(1, true);
    cached.enterKeeping(2);
    cached.invalidatePcid(InvalidationType.ADDRESS, 1, 0);
    assertStale(1, false);
  }

  @Test
  void aSingleContextOrAllMayBeForgottenFromElsewhere() {
    for (InvalidationType type :
        List.of(
            InvalidationType.SINGLE_CONTEXT,
            InvalidationType.ALL_CONTEXTS,
            InvalidationType.ALL_CONTEXTS_KEEPING_GLOBALS)) {
      cached.enterKeeping(1);
      stale(0, "PWUA");
      cached.enter(2);
      cached.invalidatePcid(type, 1, 0);
      assertStale(1, false);
    }
  }

  @Test
  void onlyTypeTwoForgetsGlobals() {
    stale(1, "PWUAG");
    cached.invalidatePcid(InvalidationType.ADDRESS, 1, 1);
    cached.invalidatePcid(InvalidationType.SINGLE_CONTEXT, 1, 1);
    cached.invalidatePcid(InvalidationType.ALL_CONTEXTS_KEEPING_GLOBALS, 1, 1);
    assertEquals(Set.of(FRAME, OTHER_FRAME), cached.frames(1));
    cached.invalidatePcid(InvalidationType.ALL_CONTEXTS, 1, 1);
    assertEquals(Set.of(OTHER_FRAME), cached.frames(1));
  }

  @Test
  void typeZeroForgetsThePartialWalksToItsAddressOnly() {
    cached.entry(0, 1, OTHER_TABLE, "PWUA").clear(0, 1);
    long page = cached.admissible().mode().level(0).pages();
    cached.invalidatePcid(InvalidationType.ADDRESS, 1, 0);
    assertEquals(Set.of("1:18"), cached.tables(page));
    cached.invalidatePcid(InvalidationType.ADDRESS, 1, page + 3);
    assertEquals(Set.of(), cached.tables(page));
  }

  @Test
  void everyPcidIsForgottenWhenPcidsEndOrGlobalPagesAreToggled() {
    cached.enter(2);
    cached.invert(ControlRegister.CR4, ControlState.CR4_PGE);
    assertStale(1, false);
    stale(0, "PWUA");
    cached.enterKeeping(0);
    cached.invert(ControlRegister.CR4, ControlState.CR4_PCIDE);
    cached.invert(ControlRegister.CR4, ControlState.CR4_PCIDE);
    assertStale(1, false);
  }

  @Test
  void executionPreventionForgetsTheCurrentPcidWithoutGlobals() {
    stale(1, "PWUAG");
    cached.enter(2);
    cached.invert(ControlRegister.CR4, ControlState.CR4_SMEP);
    assertEquals(Set.of(FRAME, OTHER_FRAME), cached.frames(1));
    assertStale(1, true);
    cached.invert(ControlRegister.CR4, ControlState.CR4_SMEP);
    assertStale(1, true);
    cached.invert(ControlRegister.CR4, ControlState.CR4_SMEP);
    assertStale(1, false);
  }
}
