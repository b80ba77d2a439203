package io.vtlb.model.reference;

import static io.vtlb.model.machine.PrivilegeSet.SUPERVISOR;
import static io.vtlb.model.machine.PrivilegeSet.SUPERVISOR_AC;
import static io.vtlb.model.machine.PrivilegeSet.USER;
import static io.vtlb.model.monitor.LongGuest.FRAME;
import static io.vtlb.model.monitor.LongGuest.FRAME_1G;
import static io.vtlb.model.monitor.LongGuest.OTHER_DIRECTORY;
import static io.vtlb.model.monitor.LongGuest.OTHER_FRAME;
import static io.vtlb.model.monitor.LongGuest.OTHER_ROOT;
import static io.vtlb.model.monitor.LongGuest.OTHER_TABLE;
import static io.vtlb.model.monitor.LongGuest.POINTERS;
import static io.vtlb.model.monitor.LongGuest.ROOT;
import static io.vtlb.model.monitor.LongGuest.TABLE;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vtlb.model.event.Event;
import io.vtlb.model.event.EventCause;
import io.vtlb.model.event.Report;
import io.vtlb.model.event.Response;
import io.vtlb.model.event.Response.Action;
import io.vtlb.model.event.ResyncKind;
import io.vtlb.model.machine.AccessKind;
import io.vtlb.model.machine.ControlRegister;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.FaultCode;
import io.vtlb.model.machine.InvalidationType;
import io.vtlb.model.machine.PageSize;
import io.vtlb.model.machine.Profile;
import io.vtlb.model.machine.Vendor;
import io.vtlb.model.monitor.LongGuest;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the reference VMM does in the modes with entries of eight bytes, and without paging. */
class ReferenceModesTest {

  private static final int KEY = 3;
  private static final int FORBIDDEN = 0b11 << (2 * KEY);

  @Test
  void fourLevelsAreWalkedAndMarkedAccessed() {
    LongVmm vmm = LongVmm.in(LongGuest.FOUR_LEVEL).map(3, FRAME, "PWU");
    vmm.guest().put(ROOT, 0, LongGuest.entry(POINTERS, "PWU"));
    vmm.store(3);
    assertEquals(List.of(vmm.entryTo(3, FRAME, "rwx")), vmm.shown());
    assertEquals(LongGuest.entry(POINTERS, "PWUA"), vmm.guest().entry(ROOT, 0));
    assertEquals(LongGuest.entry(FRAME, "PWUAD"), vmm.guest().entry(TABLE, 3));
  }

  @Test
  void fiveLevelsAreWalked() {
    LongVmm vmm = LongVmm.in(LongGuest.FIVE_LEVEL).map(3, FRAME, "PUX");
    vmm.load(3);
    assertEquals(List.of(vmm.entryTo(3, FRAME, "r--")), vmm.shown());
  }

  @Test
  void aGibibytePageAppearsInFragments() {
    LongVmm vmm = LongVmm.in(LongGuest.FOUR_LEVEL);
    vmm.guest().put(POINTERS, 1, LongGuest.entry(FRAME_1G, "PWUADL"));
    vmm.load(PageSize.LARGE_1G + 0x12345);
    assertEquals(
        List.of(vmm.entryTo(PageSize.LARGE_1G + 0x12345, FRAME_1G + 0x12345, "rwx")), vmm.shown());
  }

  @Test
  void pageDirectoryPointersAreThoseThatWereLoaded() {
    LongVmm vmm = LongVmm.inPae().map(0, FRAME, "PWUAD");
    vmm.guest().put(OTHER_TABLE, 0, LongGuest.entry(OTHER_FRAME, "PWUAD"));
    vmm.guest().put(ROOT, 0, LongGuest.entry(OTHER_DIRECTORY, "P"));
    vmm.load(0);
    assertEquals(List.of(vmm.entryTo(0, FRAME, "rwx")), vmm.shown());
    assertEquals(LongGuest.entry(OTHER_DIRECTORY, "P"), vmm.guest().entry(ROOT, 0));
    vmm.write(ControlRegister.CR3, vmm.control().cr3());
    assertEquals(List.of(vmm.entryTo(0, OTHER_FRAME, "rwx")), vmm.shown());
  }

  @Test
  void withoutPagingPagesAreFrames() {
    LongVmm vmm = LongVmm.in(LongGuest.UNPAGED).map((int) FRAME, OTHER_FRAME, "PUA");
    vmm.store(FRAME);
    assertEquals(List.of(vmm.entryTo(FRAME, FRAME, "rwx")), vmm.shown());
    vmm.toggle(ControlRegister.CR0, ControlState.CR0_PG);
    assertEquals(List.of(vmm.entryTo(FRAME, OTHER_FRAME, "r-x")), vmm.shown());
    assertEquals(new Action.DeviceAccess(), LongVmm.in(LongGuest.UNPAGED).load(0x3000).action());
  }

  @Test
  void pagesThatAModeHasNoAddressForGo() {
    LongVmm vmm = LongVmm.in(LongGuest.FOUR_LEVEL).map(0, FRAME, "PWUAD");
    vmm.guest().put(ROOT, 511, LongGuest.entry(POINTERS, "PWUA"));
    vmm.guest().put(POINTERS, 4, vmm.guest().entry(POINTERS, 0));
    vmm.load(-1L << 27);
    vmm.load(LongGuest.FRAME_4G);
    assertEquals(2, vmm.shown().size());
    vmm.toggle(ControlRegister.CR0, ControlState.CR0_PG);
    assertEquals(List.of(), vmm.shown());
  }

  @ParameterizedTest
  @EnumSource
  void invalidatingTheContextThatIsLoadedComparesIt(InvalidationType type) {
    LongVmm vmm = LongVmm.in(LongGuest.CONTEXTS).map(0, FRAME, "PWUAD");
    vmm.load(0);
    vmm.map(0, OTHER_FRAME, "PWUAD");
    Response response = vmm.invalidatePcid(type, 0, 0);
    boolean onePage = type == InvalidationType.ADDRESS;
    assertReported(
        response, EventCause.TLB_MANIPULATION, onePage ? ResyncKind.PARTIAL : ResyncKind.FULL);
    assertEquals(onePage ? List.of() : List.of(vmm.entryTo(0, OTHER_FRAME, "rwx")), vmm.shown());
  }

  @ParameterizedTest
  @EnumSource(names = {"ADDRESS", "SINGLE_CONTEXT"})
  void ofAContextThatIsNotLoadedNothingIsKept(InvalidationType type) {
    LongVmm vmm = LongVmm.in(LongGuest.CONTEXTS).map(0, FRAME, "PWUAD");
    vmm.load(0);
    assertReported(vmm.invalidatePcid(type, 9, 0), EventCause.TLB_MANIPULATION, ResyncKind.NONE);
    assertEquals(List.of(vmm.entryTo(0, FRAME, "rwx")), vmm.shown());
  }

  @Test
  void anotherContextHasNothingOfTheFirst() {
    LongVmm vmm = LongVmm.in(LongGuest.CONTEXTS).map(0, FRAME, "PWUAD").map(1, FRAME, "PWUAD");
    vmm.guest().put(OTHER_TABLE, 1, LongGuest.entry(FRAME, "PWUAD"));
    vmm.load(0);
    vmm.load(1);
    vmm.write(ControlRegister.CR3, PageSize.address(OTHER_ROOT, 1) | ControlState.CR3_NO_FLUSH);
    assertEquals(List.of(vmm.entryTo(1, FRAME, "rwx")), vmm.shown());
  }

  @Test
  void onlySupervisorsThatSetAcReachUserPagesUnderSmap() {
    LongVmm vmm =
        LongVmm.in(LongGuest.with(LongGuest.FOUR_LEVEL, ControlState.CR4_SMAP))
            .map(0, FRAME, "PWUAD");
    assertEquals(
        new Action.InjectPageFault(new FaultCode(FaultCode.PRESENT), 0x24), vmm.load(0).action());
    assertEquals(new Action.Resume(), vmm.fault(0, AccessKind.LOAD, SUPERVISOR_AC, 0).action());
    assertEquals(List.of(), vmm.shown(SUPERVISOR));
    assertEquals(List.of(vmm.entryTo(0, FRAME, "rwx")), vmm.shown(SUPERVISOR_AC));
  }

  @Test
  void turningSmapOnTakesUserPagesAway() {
    LongVmm vmm = LongVmm.in(LongGuest.FOUR_LEVEL).map(0, FRAME, "PWUADX");
    vmm.load(0);
    vmm.toggle(ControlRegister.CR4, ControlState.CR4_SMAP);
    assertEquals(List.of(), vmm.shown(SUPERVISOR));
  }

  @Test
  void turningExecuteDisableOnTakesFetchesAway() {
    LongVmm vmm = LongVmm.in(LongGuest.FOUR_LEVEL).map(0, FRAME, "PWUADX");
    vmm.load(0);
    vmm.toggle(ControlRegister.EFER, ControlState.EFER_NXE);
    assertEquals(List.of(), vmm.shown(), "the bit is reserved now");
    vmm.toggle(ControlRegister.EFER, ControlState.EFER_NXE);
    vmm.load(0);
    assertEquals(List.of(vmm.entryTo(0, FRAME, "rw-")), vmm.shown());
  }

  @Test
  void anEntryCarriesTheKeyOfItsUserPage() {
    LongVmm vmm = keyed(KEY);
    vmm.fault(0, AccessKind.LOAD, USER, 0);
    assertEquals(List.of(vmm.entryTo(0, FRAME, "rwx") + " key 3"), vmm.shown(USER));
    vmm.guest().put(TABLE, 0, LongGuest.entry(FRAME, "PWUAD", KEY + 1));
    vmm.write(ControlRegister.CR3, vmm.control().cr3());
    assertEquals(List.of(vmm.entryTo(0, FRAME, "rwx") + " key 4"), vmm.shown(USER));
  }

  @Test
  void keysComeAndGoWithProtectionKeys() {
    LongVmm vmm = keyed(KEY);
    vmm.load(0);
    vmm.toggle(ControlRegister.CR4, ControlState.CR4_PKE);
    assertEquals(List.of(vmm.entryTo(0, FRAME, "rwx")), vmm.shown());
    vmm.toggle(ControlRegister.CR4, ControlState.CR4_PKE);
    assertEquals(List.of(vmm.entryTo(0, FRAME, "rwx") + " key 3"), vmm.shown());
  }

  @Test
  void aKeyThatForbidsIsTheGuestsFault() {
    LongVmm vmm = keyed(KEY);
    int code = FaultCode.PRESENT | FaultCode.USER | FaultCode.PROTECTION_KEY;
    assertEquals(
        new Action.InjectPageFault(new FaultCode(code), 0x24),
        vmm.fault(0, AccessKind.LOAD, USER, FORBIDDEN).action());
  }

  @Test
  void aStaleKeyThatForbidsIsAnInconsistency() {
    LongVmm vmm = keyed(KEY);
    vmm.fault(0, AccessKind.LOAD, USER, 0);
    vmm.guest().put(TABLE, 0, LongGuest.entry(FRAME, "PWUAD", KEY + 1));
    assertReported(
        vmm.fault(0, AccessKind.LOAD, USER, FORBIDDEN),
        EventCause.INCONSISTENCY,
        ResyncKind.PARTIAL);
    assertEquals(List.of(vmm.entryTo(0, FRAME, "rwx") + " key 4"), vmm.shown(USER));
  }

  @Test
  void outsideLongModeInvpcidOfAnAddressAbove4GNamesNothing() {
    LongVmm vmm = LongVmm.inPae().map(0, FRAME, "PWUAD");
    vmm.load(0);
    assertReported(
        vmm.invalidatePcid(InvalidationType.ADDRESS, 0, 1L << 20),
        EventCause.TLB_MANIPULATION,
        ResyncKind.NONE);
    assertEquals(List.of(vmm.entryTo(0, FRAME, "rwx")), vmm.shown());
    vmm.invalidatePcid(InvalidationType.ADDRESS, 0, 0);
    assertEquals(List.of(), vmm.shown());
  }

  @Test
  void onAmdSettingProtectionKeysManipulatesTheTlb() {
    for (Vendor vendor : Vendor.values()) {
      LongGuest guest = new LongGuest(0);
      Profile profile = new Profile("test", vendor, 46, Profile.GENERIC_64.capabilities(), true);
      ReferenceVmm vmm = new ReferenceVmm();
      vmm.create(guest.blueprint(1, LongGuest.FOUR_LEVEL, profile), guest.memory());
      assertReported(
          vmm.handle(
              new Event.ControlWrite(
                  LongVmm.CPU,
                  ControlRegister.CR4,
                  LongGuest.FOUR_LEVEL,
                  LongGuest.with(LongGuest.FOUR_LEVEL, ControlState.CR4_PKE))),
          vendor == Vendor.AMD ? EventCause.TLB_MANIPULATION : EventCause.CONTROL_CHANGE,
          ResyncKind.FULL);
    }
  }

  private static LongVmm keyed(int key) {
    LongVmm vmm = LongVmm.in(LongGuest.with(LongGuest.FOUR_LEVEL, ControlState.CR4_PKE));
    vmm.guest().put(TABLE, 0, LongGuest.entry(FRAME, "PWUAD", key));
    return vmm;
  }

  private static void assertReported(Response response, EventCause cause, ResyncKind kind) {
    assertEquals(Optional.of(new Report(cause, kind)), response.report());
  }
}
