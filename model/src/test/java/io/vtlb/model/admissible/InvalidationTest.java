package io.vtlb.model.admissible;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vtlb.model.admissible.Invalidation.Contexts;
import io.vtlb.model.admissible.Invalidation.Globals;
import io.vtlb.model.admissible.Invalidation.Row;
import io.vtlb.model.admissible.Invalidation.Scope;
import io.vtlb.model.event.Event;
import io.vtlb.model.guest.ModeGuest;
import io.vtlb.model.machine.Capability;
import io.vtlb.model.machine.ControlRegister;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.InvalidationType;
import io.vtlb.model.machine.Profile;
import io.vtlb.model.machine.Vcpu;
import io.vtlb.model.machine.Vendor;
import io.vtlb.model.paging.PagingMode;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which row of the table of invalidations an event belongs to, and what the row names. */
class InvalidationTest {

  private static final Vcpu VCPU = new Vcpu(0, 0);
  private static final Profile AMD =
      new Profile("AMD", Vendor.AMD, 46, EnumSet.allOf(Capability.class), true);
  private static final Scope EVERYWHERE = new Scope.Everywhere();
  private static final Contexts ALL = new Contexts.All();
  private static final ControlState LONG = ModeGuest.control(PagingMode.FOUR_LEVEL);
  private static final ControlState TAGGED =
      LONG.with(ControlRegister.CR4, LONG.cr4() | ControlState.CR4_PCIDE)
          .with(ControlRegister.CR3, LONG.cr3() | 5);

  @Test
  void invalidatePageNamesItsPageUnderTheCurrentPcidAndGlobals() {
    assertEquals(
        new Invalidation(
            Row.INVALIDATE_PAGE, new Scope.OnePage(7, true, true), one(5), Globals.ALL),
        Invalidation.ofPage(7, TAGGED));
    assertEquals(one(0), Invalidation.ofPage(7, LONG).contexts());
  }

  @Test
  void loadingTheRootWithoutPcidsNamesPcidZeroWithoutGlobals() {
    Invalidation load = new Invalidation(Row.LOAD_ROOT, EVERYWHERE, one(0), Globals.KEPT);
    for (PagingMode mode : PagingMode.ALL) {
      ControlState control = ModeGuest.control(mode);
      assertEquals(Optional.of(load), ofLoad(control, control.cr3()));
      assertEquals(Optional.of(load), ofLoad(control, control.cr3() | 0x18));
    }
  }

  @Test
  void loadingTheRootWithPcidsNamesTheOneThatIsLoaded() {
    assertEquals(
        Optional.of(new Invalidation(Row.LOAD_CONTEXT, EVERYWHERE, one(9), Globals.KEPT)),
        ofLoad(TAGGED, 0x1_0009L));
  }

  @Test
  void bit63NamesNothing() {
    assertEquals(
        Optional.of(new Invalidation(Row.KEEP_CONTEXT, new Scope.Nowhere(), one(9), Globals.KEPT)),
        ofLoad(TAGGED, ControlState.CR3_NO_FLUSH | 0x1_0009L));
  }

  @Test
  void everythingGoesWhenGlobalPagesAreToggledOrPcidsEnd() {
    Optional<Invalidation> all =
        Optional.of(new Invalidation(Row.TOGGLE_GLOBAL_PAGES, EVERYWHERE, ALL, Globals.ALL));
    ControlState without = LONG.with(ControlRegister.CR4, LONG.cr4() ^ ControlState.CR4_PGE);
    for (Profile profile : List.of(Profile.GENERIC_64, AMD)) {
      assertEquals(all, ofCr4(TAGGED, ControlState.CR4_PGE, profile));
      assertEquals(all, ofCr4(without, ControlState.CR4_PGE, profile));
      assertEquals(all, ofCr4(TAGGED, ControlState.CR4_PCIDE, profile));
      assertEquals(all, ofCr4(TAGGED, ControlState.CR4_PCIDE | ControlState.CR4_SMEP, profile));
    }
  }

  @Test
  void pcidsBeginWithNothingForgotten() {
    assertEquals(Optional.empty(), ofCr4(LONG, ControlState.CR4_PCIDE, Profile.GENERIC_64));
  }

  @Test
  void executionPreventionNamesTheCurrentPcidWhenItBegins() {
    assertEquals(
        Optional.of(new Invalidation(Row.CHANGE_PROTECTION, EVERYWHERE, one(5), Globals.KEPT)),
        ofCr4(TAGGED, ControlState.CR4_SMEP, Profile.GENERIC_64));
    ControlState on = TAGGED.with(ControlRegister.CR4, TAGGED.cr4() | ControlState.CR4_SMEP);
    assertEquals(Optional.empty(), ofCr4(on, ControlState.CR4_SMEP, Profile.GENERIC_64));
  }

  @Test
  void onAmdExecutionPreventionNamesNothing() {
    assertEquals(Optional.empty(), ofCr4(TAGGED, ControlState.CR4_SMEP, AMD));
  }

  @Test
  void onAmdProtectionKeysNameEverythingWhenTheyBegin() {
    assertEquals(
        Optional.of(new Invalidation(Row.TOGGLE_GLOBAL_PAGES, EVERYWHERE, ALL, Globals.ALL)),
        ofCr4(TAGGED, ControlState.CR4_PKE, AMD));
    ControlState on = TAGGED.with(ControlRegister.CR4, TAGGED.cr4() | ControlState.CR4_PKE);
    assertEquals(Optional.empty(), ofCr4(on, ControlState.CR4_PKE, AMD));
    assertEquals(Optional.empty(), ofCr4(TAGGED, ControlState.CR4_PKE, Profile.GENERIC_64));
  }

  @Test
  void wideEntriesNameTheCurrentPcidInBothDirections() {
    Optional<Invalidation> current =
        Optional.of(new Invalidation(Row.CHANGE_PROTECTION, EVERYWHERE, one(0), Globals.KEPT));
    for (PagingMode mode : List.of(PagingMode.TWO_LEVEL, PagingMode.PAE)) {
      assertEquals(
          current, ofCr4(ModeGuest.control(mode), ControlState.CR4_PAE, Profile.GENERIC_64));
    }
  }

  @Test
  void onAmdWideEntriesAndPageSizeExtensionsNameEverything() {
    Optional<Invalidation> all =
        Optional.of(new Invalidation(Row.TOGGLE_GLOBAL_PAGES, EVERYWHERE, ALL, Globals.ALL));
    ControlState control = ModeGuest.control(PagingMode.TWO_LEVEL);
    assertEquals(all, ofCr4(control, ControlState.CR4_PAE, AMD));
    assertEquals(all, ofCr4(control, ControlState.CR4_PSE, AMD));
    assertEquals(Optional.empty(), ofCr4(control, ControlState.CR4_PSE, Profile.GENERIC_64));
  }

  @Test
  void otherBitsOfCr4NameNothing() {
    for (Profile profile : List.of(Profile.GENERIC_64, AMD)) {
      for (long bit : new long[] {ControlState.CR4_SMAP, ControlState.CR4_LA57, 1, 1 << 16}) {
        assertEquals(Optional.empty(), ofCr4(TAGGED, bit, profile));
      }
    }
  }

  @Test
  void pagingNamesEverythingWhenItIsToggled() {
    Optional<Invalidation> all =
        Optional.of(new Invalidation(Row.TOGGLE_PAGING, EVERYWHERE, ALL, Globals.ALL));
    ControlState flat = ModeGuest.control(PagingMode.NONE);
    assertEquals(all, of(ControlRegister.CR0, flat, ControlState.CR0_PG, Profile.GENERIC_64));
    assertEquals(all, of(ControlRegister.CR0, LONG, ControlState.CR0_PG, Profile.GENERIC_64));
    for (long bit : new long[] {ControlState.CR0_WP, ControlState.CR0_CD, ControlState.CR0_NW}) {
      assertEquals(Optional.empty(), of(ControlRegister.CR0, LONG, bit, Profile.GENERIC_64));
    }
  }

  @Test
  void executeDisableNamesNothing() {
    assertEquals(Optional.empty(), of(ControlRegister.EFER, LONG, ControlState.EFER_NXE, AMD));
  }

  @Test
  void invalidatePcidNamesWhatItsTypeSays() {
    Row row = Row.INVALIDATE_CONTEXT;
    assertEquals(
        new Invalidation(row, new Scope.OnePage(7, false, true), one(5), Globals.KEPT),
        Invalidation.ofPcid(InvalidationType.ADDRESS, 5, 7, TAGGED));
    assertEquals(
        new Invalidation(row, new Scope.OnePage(7, false, false), one(3), Globals.KEPT),
        Invalidation.ofPcid(InvalidationType.ADDRESS, 3, 7, TAGGED),
        "what the tables of another PCID map is not known");
    assertEquals(
        new Invalidation(row, EVERYWHERE, one(3), Globals.KEPT),
        Invalidation.ofPcid(InvalidationType.SINGLE_CONTEXT, 3, 7, TAGGED));
    assertEquals(
        new Invalidation(row, EVERYWHERE, ALL, Globals.ALL),
        Invalidation.ofPcid(InvalidationType.ALL_CONTEXTS, 3, 7, TAGGED));
    assertEquals(
        new Invalidation(row, EVERYWHERE, ALL, Globals.KEPT),
        Invalidation.ofPcid(InvalidationType.ALL_CONTEXTS_KEEPING_GLOBALS, 3, 7, TAGGED));
  }

  @Test
  void outsideLongModeNothingIsAtAddressesAbove4G() {
    long above = 1L << 20;
    for (PagingMode mode : List.of(PagingMode.TWO_LEVEL, PagingMode.PAE)) {
      assertEquals(
          new Invalidation(Row.INVALIDATE_CONTEXT, new Scope.Nowhere(), one(0), Globals.KEPT),
          Invalidation.ofPcid(InvalidationType.ADDRESS, 0, above | 7, ModeGuest.control(mode)));
    }
    assertEquals(
        new Scope.OnePage(above | 7, false, true),
        Invalidation.ofPcid(InvalidationType.ADDRESS, 0, above | 7, LONG).scope());
  }

  @Test
  void aDeliveredFaultNamesItsPageOrTheWalksToItOnly() {
    assertEquals(
        new Invalidation(
            Row.DELIVER_FAULT, new Scope.OnePage(7, false, false), one(5), Globals.OF_CONTEXTS),
        Invalidation.ofDeliveredFault(7, TAGGED));
    assertEquals(
        new Invalidation(Row.DELIVER_FAULT, new Scope.WalksTo(7), one(5), Globals.KEPT),
        Invalidation.ofDeliveredWalkFault(7, TAGGED));
  }

  private static Contexts one(int pcid) {
    return new Contexts.One(pcid);
  }

  private static Optional<Invalidation> ofLoad(ControlState before, long value) {
    ControlState after = before.with(ControlRegister.CR3, value & ~ControlState.CR3_NO_FLUSH);
    return Invalidation.ofControlWrite(
        new Event.ControlWrite(VCPU, ControlRegister.CR3, value, before, after),
        Profile.GENERIC_64);
  }

  private static Optional<Invalidation> ofCr4(ControlState before, long bits, Profile profile) {
    return of(ControlRegister.CR4, before, bits, profile);
  }

  private static Optional<Invalidation> of(
      ControlRegister register, ControlState before, long bits, Profile profile) {
    ControlState after = before.with(register, before.get(register) ^ bits);
    return Invalidation.ofControlWrite(
        new Event.ControlWrite(VCPU, register, before, after), profile);
  }
}
