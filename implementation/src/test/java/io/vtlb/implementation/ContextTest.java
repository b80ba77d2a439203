package io.vtlb.implementation;

import static io.vtlb.implementation.Answers.assertDropsEverything;
import static io.vtlb.implementation.Answers.assertDropsNothing;
import static io.vtlb.implementation.Answers.assertInstalled;
import static io.vtlb.implementation.Answers.assertReport;
import static io.vtlb.implementation.Guest.A;
import static io.vtlb.implementation.Guest.D;
import static io.vtlb.implementation.Guest.G;
import static io.vtlb.implementation.Guest.P;
import static io.vtlb.implementation.Guest.ROOT;
import static io.vtlb.implementation.Guest.U;
import static io.vtlb.implementation.Guest.W;
import static io.vtlb.model.event.EventCause.CONTROL_CHANGE;
import static io.vtlb.model.event.EventCause.TLB_MANIPULATION;
import static io.vtlb.model.machine.ControlRegister.CR0;
import static io.vtlb.model.machine.ControlRegister.CR3;
import static io.vtlb.model.machine.ControlRegister.CR4;
import static io.vtlb.model.machine.InvalidationType.ADDRESS;
import static io.vtlb.model.machine.InvalidationType.SINGLE_CONTEXT;
import static io.vtlb.model.machine.PrivilegeSet.SUPERVISOR;
import static io.vtlb.model.machine.PrivilegeSet.USER;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vtlb.model.event.Response;
import io.vtlb.model.event.ResyncKind;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.InvalidationType;
import io.vtlb.model.machine.Profile;
import io.vtlb.model.machine.Vendor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** With PCIDs, the context that a load of CR3 leaves is kept until something names it. */
class ContextTest {

  private static final long PAGE = 5;
  private static final long GLOBAL_PAGE = 6;
  private static final long ALL = P | W | U | A | D;
  private static final String KEPT = "0x10009 rwx";
  private static final String KEPT_GLOBAL = "0x10014 rwx";

  private final Guest guest = new Guest(Layout.LEVELS_4);

  @BeforeEach
  void useTwoPagesUnderPcid1AndChangeThem() {
    guest.set(CR4, ControlState.CR4_PCIDE);
    guest.set(CR4, ControlState.CR4_PGE);
    guest.pcid(1);
    guest.map(PAGE, 9, ALL);
    guest.map(GLOBAL_PAGE, 20, ALL | G);
    guest.load(USER, PAGE);
    guest.load(USER, GLOBAL_PAGE);
    guest.map(PAGE, 10, ALL);
    guest.map(GLOBAL_PAGE, 21, ALL | G);
  }

  @Test
  void anotherPcidHasContentOfItsOwn() {
    Response response = guest.pcid(2);
    assertReport(TLB_MANIPULATION, ResyncKind.FLUSH, response);
    assertDropsEverything(response);
    assertContent("none", "none");
    assertInstalled(guest.load(USER, PAGE));
    assertContent("0x1000a rwx", "none");
  }

  @Test
  void aContextIsKeptWithBit63() {
    guest.pcid(2);
    guest.load(USER, PAGE);
    Response response = guest.keptPcid(1);
    assertReport(TLB_MANIPULATION, ResyncKind.FLUSH, response);
    assertDropsEverything(response);
    assertContent(KEPT, KEPT_GLOBAL);
  }

  @Test
  void nothingIsDroppedOfAProcessorThatHoldsNothing() {
    guest.pcid(2);
    assertDropsNothing(guest.keptPcid(1));
    assertContent(KEPT, KEPT_GLOBAL);
  }

  @Test
  void aContextIsEmptiedWithoutBit63() {
    guest.keptPcid(2);
    guest.pcid(1);
    assertContent("none", "none");
    guest.keptPcid(2);
    guest.keptPcid(1);
    assertContent("none", "none");
  }

  @Test
  void theCurrentPcidWithBit63KeepsEverything() {
    Response response = guest.keptPcid(1);
    assertReport(TLB_MANIPULATION, ResyncKind.NONE, response);
    assertDropsNothing(response);
    assertContent(KEPT, KEPT_GLOBAL);
  }

  @Test
  void theCurrentPcidWithoutBit63IsComparedWithTheGuest() {
    Response response = guest.pcid(1);
    assertReport(TLB_MANIPULATION, ResyncKind.FULL, response);
    assertContent("0x1000a rwx", "0x10015 rwx");
  }

  @Test
  void anotherRootUnderTheSamePcidMayKeepEverything() {
    guest.write(CR3, 0x2001 | ControlState.CR3_NO_FLUSH);
    assertContent(KEPT, KEPT_GLOBAL);
    guest.keptPcid(2);
    guest.write(CR3, ROOT << 12 | 1 | ControlState.CR3_NO_FLUSH);
    assertContent(KEPT, KEPT_GLOBAL);
  }

  @Test
  void invlpgReachesGlobalPagesOfEveryContext() {
    guest.pcid(2);
    guest.invalidate(PAGE);
    guest.invalidate(GLOBAL_PAGE);
    guest.keptPcid(1);
    assertContent(KEPT, "none");
  }

  @Test
  void aDeliveredFaultReachesGlobalPagesOfEveryContext() {
    guest.pcid(2);
    guest.map(PAGE, 0, 0);
    guest.map(GLOBAL_PAGE, 0, 0);
    guest.load(USER, PAGE);
    guest.load(USER, GLOBAL_PAGE);
    guest.keptPcid(1);
    assertContent(KEPT, "none");
  }

  @Test
  void invpcidOfAnAddressReachesAContextThatIsNotLoaded() {
    guest.pcid(2);
    Response response = guest.invalidate(ADDRESS, 1, PAGE);
    assertReport(TLB_MANIPULATION, ResyncKind.NONE, response);
    assertDropsNothing(response);
    guest.keptPcid(1);
    assertContent("none", KEPT_GLOBAL);
  }

  @Test
  void invpcidOfAContextReachesItWhileItIsNotLoaded() {
    guest.pcid(2);
    guest.invalidate(SINGLE_CONTEXT, 3, 0);
    guest.keptPcid(1);
    assertContent(KEPT, KEPT_GLOBAL);
    guest.pcid(2);
    guest.invalidate(SINGLE_CONTEXT, 1, 0);
    guest.keptPcid(1);
    assertContent("none", "none");
  }

  @Test
  void invpcidOfAnotherContextLeavesTheCurrentOneAlone() {
    guest.invalidate(SINGLE_CONTEXT, 2, 0);
    guest.invalidate(ADDRESS, 2, PAGE);
    assertContent(KEPT, KEPT_GLOBAL);
  }

  @ParameterizedTest
  @EnumSource(names = {"ALL_CONTEXTS", "ALL_CONTEXTS_KEEPING_GLOBALS"})
  void invpcidOfAllContextsReachesThoseThatAreNotLoaded(InvalidationType type) {
    guest.pcid(2);
    guest.invalidate(type, 0, 0);
    guest.keptPcid(1);
    assertContent("none", "none");
  }

  @ParameterizedTest
  @EnumSource
  void invpcidComparesOrRemovesCurrentContent(InvalidationType type) {
    Response response = guest.invalidate(type, 1, PAGE);
    boolean address = type == ADDRESS;
    assertReport(TLB_MANIPULATION, address ? ResyncKind.PARTIAL : ResyncKind.FULL, response);
    assertContent(address ? "none" : "0x1000a rwx", address ? KEPT_GLOBAL : "0x10015 rwx");
  }

  @Test
  void changingPgeReachesEveryContext() {
    guest.pcid(2);
    guest.clear(CR4, ControlState.CR4_PGE);
    guest.keptPcid(1);
    assertContent("none", "none");
  }

  @Test
  void turningPcidsOffReachesEveryContext() {
    guest.pcid(2);
    assertReport(TLB_MANIPULATION, ResyncKind.FULL, guest.clear(CR4, ControlState.CR4_PCIDE));
    guest.write(CR3, ROOT << 12);
    assertReport(CONTROL_CHANGE, ResyncKind.FULL, guest.set(CR4, ControlState.CR4_PCIDE));
    guest.keptPcid(1);
    assertContent("none", "none");
  }

  @Test
  void turningPcidsOnKeepsTheContentAsThatOfPcid0() {
    guest.clear(CR4, ControlState.CR4_PCIDE);
    guest.write(CR3, ROOT << 12);
    guest.load(USER, PAGE);
    guest.set(CR4, ControlState.CR4_PCIDE);
    guest.map(PAGE, 11, ALL);
    guest.pcid(1);
    guest.keptPcid(0);
    assertEquals("0x1000a rwx", guest.seen(USER, PAGE));
  }

  @Test
  void turningSmepOnReachesTheCurrentContextOnly() {
    guest.pcid(2);
    guest.set(CR4, ControlState.CR4_SMEP);
    guest.clear(CR4, ControlState.CR4_SMEP);
    guest.keptPcid(1);
    assertContent(KEPT, KEPT_GLOBAL);
  }

  @ParameterizedTest
  @EnumSource
  void turningProtectionKeysOnReachesEveryContextOfAmd(Vendor vendor) {
    Profile all = Profile.GENERIC_64;
    Guest other =
        new Guest(Layout.LEVELS_4, new Profile("test", vendor, 46, all.capabilities(), true));
    other.set(CR4, ControlState.CR4_PCIDE);
    other.pcid(1);
    other.map(PAGE, 9, ALL);
    other.load(USER, PAGE);
    other.map(PAGE, 10, ALL);
    other.pcid(2);
    other.set(CR4, ControlState.CR4_PKE);
    other.clear(CR4, ControlState.CR4_PKE);
    other.keptPcid(1);
    assertEquals(vendor == Vendor.AMD ? "none" : KEPT, other.seen(USER, PAGE));
  }

  @Test
  void outsideLongModeInvpcidOfAnAddressAbove4GReachesNothing() {
    Guest narrow = new Guest(Layout.PAE);
    narrow.map(PAGE, 9, ALL);
    narrow.load(USER, PAGE);
    Response response = narrow.invalidate(ADDRESS, 0, 1L << 20 | PAGE);
    assertReport(TLB_MANIPULATION, ResyncKind.NONE, response);
    assertEquals(KEPT, narrow.seen(USER, PAGE));
    narrow.invalidate(ADDRESS, 0, PAGE);
    assertEquals("none", narrow.seen(USER, PAGE));
  }

  @ParameterizedTest
  @ValueSource(longs = {ControlState.CR4_SMEP, ControlState.CR4_SMAP, ControlState.CR4_PKE})
  void rightsOfAKeptContextAreNotThoseOfOtherControlBits(long bit) {
    guest.fetch(SUPERVISOR, PAGE);
    guest.pcid(2);
    guest.set(CR4, bit);
    guest.keptPcid(1);
    assertEquals("none", guest.seen(SUPERVISOR, PAGE));
  }

  @Test
  void writeProtectReachesAKeptContext() {
    guest.clear(CR0, ControlState.CR0_WP);
    guest.map(PAGE, 9, ALL & ~W);
    guest.store(SUPERVISOR, PAGE);
    assertEquals("0x10009 rwx", guest.seen(SUPERVISOR, PAGE));
    guest.pcid(2);
    guest.set(CR0, ControlState.CR0_WP);
    guest.keptPcid(1);
    assertEquals("none", guest.seen(SUPERVISOR, PAGE));
  }

  @Test
  void onlySoManyContextsAreKept() {
    for (int pcid = 2; pcid < 40; pcid++) {
      guest.pcid(pcid);
      guest.load(USER, PAGE);
    }
    guest.keptPcid(1);
    assertContent("none", "none");
    guest.map(PAGE, 11, ALL);
    guest.keptPcid(38);
    assertContent("0x1000a rwx", "none");
  }

  private void assertContent(String page, String globalPage) {
    assertEquals(page, guest.seen(USER, PAGE));
    assertEquals(globalPage, guest.seen(USER, GLOBAL_PAGE));
  }
}
