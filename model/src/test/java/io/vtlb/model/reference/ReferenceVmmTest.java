package io.vtlb.model.reference;

import static io.vtlb.model.guest.ExampleGuest.DEVICE_FRAME;
import static io.vtlb.model.guest.ExampleGuest.FRAME;
import static io.vtlb.model.guest.ExampleGuest.LARGE_FRAME;
import static io.vtlb.model.guest.ExampleGuest.OTHER_FRAME;
import static io.vtlb.model.guest.ExampleGuest.OTHER_LARGE_FRAME;
import static io.vtlb.model.guest.ExampleGuest.OTHER_ROOT;
import static io.vtlb.model.guest.ExampleGuest.ROOT;
import static io.vtlb.model.guest.ExampleGuest.TABLE;
import static io.vtlb.model.guest.ExampleGuest.page;
import static io.vtlb.model.machine.PrivilegeSet.SUPERVISOR;
import static io.vtlb.model.machine.PrivilegeSet.USER;
import static io.vtlb.model.reference.VmmUnderTest.CPU;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.vtlb.model.event.Event;
import io.vtlb.model.event.EventCause;
import io.vtlb.model.event.ProcessorDrop;
import io.vtlb.model.event.Report;
import io.vtlb.model.event.Response;
import io.vtlb.model.event.Response.Action;
import io.vtlb.model.event.ResyncKind;
import io.vtlb.model.guest.GuestEntry;
import io.vtlb.model.machine.AccessKind;
import io.vtlb.model.machine.ControlRegister;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.FaultCode;
import io.vtlb.model.machine.PageSize;
import io.vtlb.model.machine.Vcpu;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the reference VMM does about each event. */
class ReferenceVmmTest {

  private static final ProcessorDrop EVERYTHING = new ProcessorDrop.Everything(CPU);

  private final VmmUnderTest vmm = new VmmUnderTest();

  @Test
  void startsWithNothing() {
    assertEquals(List.of(), vmm.shown(SUPERVISOR));
    assertEquals(List.of(), vmm.shown(USER));
  }

  @Test
  void theFirstFaultFillsTheEntryAndSetsAccessed() {
    Response response = vmm.map(3, FRAME, "PWU").load(3);
    assertResumed(response, EventCause.INCONSISTENCY, ResyncKind.PARTIAL);
    assertEquals(List.of(), response.drops());
    assertEquals(List.of(vmm.entryTo(3, FRAME, "r-x")), vmm.shown(SUPERVISOR));
    assertEquals(List.of(), vmm.shown(USER));
    assertEquals(GuestEntry.of(TABLE, "PWUA"), vmm.entry(ROOT, 0));
    assertEquals(GuestEntry.of(FRAME, "PWUA"), vmm.entry(TABLE, 3));
  }

  @Test
  void theFirstStoreSetsDirtyAndOnlyThenMayWrite() {
    vmm.map(3, FRAME, "PWU").load(3);
    Response response = vmm.store(3);
    assertResumed(response, EventCause.INCONSISTENCY, ResyncKind.PARTIAL);
    assertEquals(List.of(pageDrop(3)), response.drops());
    assertEquals(List.of(vmm.entryTo(3, FRAME, "rwx")), vmm.shown(SUPERVISOR));
    assertEquals(GuestEntry.of(FRAME, "PWUAD"), vmm.entry(TABLE, 3));
  }

  @Test
  void eachPrivilegeSetIsFilledByItsOwnFaults() {
    vmm.map(0, FRAME, "PUAD").fault(0, AccessKind.LOAD, USER);
    assertEquals(List.of(vmm.entryTo(0, FRAME, "r-x")), vmm.shown(USER));
    assertEquals(List.of(), vmm.shown(SUPERVISOR));
  }

  @Test
  void aFaultOfTheGuestsOwnIsHandedOverAndItsPageForgotten() {
    vmm.map(0, FRAME, "PWUAD").load(0);
    vmm.map(0, FRAME, "WUAD");
    Response response = vmm.store(0);
    assertEquals(
        new Action.InjectPageFault(new FaultCode(FaultCode.WRITE), 0x24), response.action());
    assertEquals(
        Optional.of(new Report(EventCause.GUEST_PAGE_FAULT, ResyncKind.NONE)), response.report());
    assertEquals(List.of(pageDrop(0)), response.drops());
    assertEquals(List.of(), vmm.shown(SUPERVISOR));
  }

  @Test
  void aFaultThatIsHandedOverSetsNoBits() {
    vmm.map(0, FRAME, "P");
    Response denied = vmm.fault(0, AccessKind.LOAD, USER);
    assertEquals(
        new Action.InjectPageFault(new FaultCode(FaultCode.PRESENT | FaultCode.USER), 0x24),
        denied.action());
    assertEquals(GuestEntry.of(TABLE, "PWU"), vmm.entry(ROOT, 0));
    assertEquals(GuestEntry.of(FRAME, "P"), vmm.entry(TABLE, 0));
  }

  @Test
  void aReservedBitIsHandedOverAsSuch() {
    vmm.guest().entry(ROOT, 1, 0x600, "PWUAL");
    assertEquals(
        new Action.InjectPageFault(
            new FaultCode(FaultCode.PRESENT | FaultCode.RESERVED),
            PageSize.address(page(1, 0), 0x24)),
        vmm.load(page(1, 0)).action());
  }

  @Test
  void aFrameWithoutMemoryIsADeviceAndNeverMapped() {
    Response response = vmm.map(0, DEVICE_FRAME, "PWU").store(0);
    assertEquals(new Action.DeviceAccess(), response.action());
    assertEquals(
        Optional.of(new Report(EventCause.DEVICE_ACCESS, ResyncKind.NONE)), response.report());
    assertEquals(List.of(), vmm.shown(SUPERVISOR));
    assertEquals(GuestEntry.of(DEVICE_FRAME, "PWUAD"), vmm.entry(TABLE, 0));
  }

  @Test
  void anAccessThatIsPermittedAlreadyIsSpurious() {
    vmm.map(0, FRAME, "PWUAD").load(0);
    assertResumed(vmm.load(0), EventCause.SPURIOUS, ResyncKind.PARTIAL);
  }

  @Test
  void invalidatePageDropsItsEntryInBothSetsAndNoOther() {
    vmm.map(0, FRAME, "PWUAD").map(1, OTHER_FRAME, "PWUAD").load(0);
    vmm.load(1);
    vmm.fault(0, AccessKind.LOAD, USER);
    Response response = vmm.invalidate(0);
    assertResumed(response, EventCause.TLB_MANIPULATION, ResyncKind.PARTIAL);
    assertEquals(List.of(EVERYTHING), response.drops());
    assertEquals(List.of(vmm.entryTo(1, OTHER_FRAME, "rwx")), vmm.shown(SUPERVISOR));
    assertEquals(List.of(), vmm.shown(USER));
  }

  @Test
  void invalidatePageWithNothingThereAsksForNothing() {
    assertEquals(List.of(), vmm.invalidate(0).drops());
  }

  @Test
  void invalidatePageDropsEveryFragmentOfALargePage() {
    vmm.guest().entry(ROOT, 1, LARGE_FRAME, "PWUADL");
    vmm.load(page(1, 0));
    vmm.load(page(1, 9));
    assertEquals(
        List.of(
            vmm.entryTo(page(1, 0), LARGE_FRAME, "rwx"),
            vmm.entryTo(page(1, 9), LARGE_FRAME + 9, "rwx")),
        vmm.shown(SUPERVISOR));
    vmm.guest().entry(ROOT, 1, OTHER_LARGE_FRAME, "PWUADL");
    vmm.invalidate(page(1, 4));
    assertEquals(List.of(), vmm.shown(SUPERVISOR));
  }

  @Test
  void aFullResyncKeepsWhatMatchesAndMendsTheRest() {
    vmm.map(0, FRAME, "PWUAD").map(1, FRAME, "PWUAD").map(2, FRAME, "PWUAD");
    vmm.load(0);
    vmm.load(1);
    vmm.load(2);
    vmm.map(1, OTHER_FRAME, "PUA").map(2, FRAME, "");
    Response response = vmm.reloadRoot();
    assertResumed(response, EventCause.TLB_MANIPULATION, ResyncKind.FULL);
    assertEquals(List.of(EVERYTHING), response.drops());
    assertEquals(
        List.of(vmm.entryTo(0, FRAME, "rwx"), vmm.entryTo(1, OTHER_FRAME, "r-x")),
        vmm.shown(SUPERVISOR));
  }

  @Test
  void aFullResyncOfWhatMatchesAsksForNothing() {
    vmm.map(0, FRAME, "PWUA").load(0);
    assertEquals(List.of(), vmm.reloadRoot().drops());
    assertEquals(List.of(vmm.entryTo(0, FRAME, "r-x")), vmm.shown(SUPERVISOR));
  }

  @Test
  void aFullResyncDropsWhatTheGuestCallsNotAccessed() {
    vmm.map(0, FRAME, "PWUAD").load(0);
    vmm.map(0, FRAME, "PWUD").reloadRoot();
    assertEquals(List.of(), vmm.shown(SUPERVISOR));
    assertEquals(GuestEntry.of(FRAME, "PWUD"), vmm.entry(TABLE, 0));
  }

  @Test
  void aFullResyncTakesWritesAwayWhereTheGuestClearedDirty() {
    vmm.map(0, FRAME, "PWUAD").load(0);
    vmm.map(0, FRAME, "PWUA").reloadRoot();
    assertEquals(List.of(vmm.entryTo(0, FRAME, "r-x")), vmm.shown(SUPERVISOR));
  }

  @Test
  void anotherRootHasNothingOfTheFirst() {
    vmm.map(0, FRAME, "PWUAD").load(0);
    vmm.write(ControlRegister.CR3, PageSize.address(OTHER_ROOT, 0));
    assertEquals(List.of(), vmm.shown(SUPERVISOR));
  }

  @Test
  void writeProtectionIsFoldedInAtOnce() {
    vmm.map(0, FRAME, "PUA").write(ControlRegister.CR0, ControlState.CR0_PG);
    vmm.store(0);
    assertEquals(List.of(vmm.entryTo(0, FRAME, "rwx")), vmm.shown(SUPERVISOR));
    Response response = vmm.write(ControlRegister.CR0, ControlState.CR0_PG | ControlState.CR0_WP);
    assertResumed(response, EventCause.CONTROL_CHANGE, ResyncKind.FULL);
    assertEquals(List.of(EVERYTHING), response.drops());
    assertEquals(List.of(vmm.entryTo(0, FRAME, "r-x")), vmm.shown(SUPERVISOR));
  }

  @Test
  void onlyTheInvalidatingBitsOfCr4ManipulateTheTlb() {
    long cr4 = ControlState.CR4_PSE;
    assertResumed(
        vmm.write(ControlRegister.CR4, cr4), EventCause.TLB_MANIPULATION, ResyncKind.FULL);
    assertResumed(
        vmm.write(ControlRegister.CR4, cr4 | ControlState.CR4_SMEP),
        EventCause.TLB_MANIPULATION,
        ResyncKind.FULL);
    assertResumed(vmm.write(ControlRegister.CR4, cr4), EventCause.CONTROL_CHANGE, ResyncKind.FULL);
    assertResumed(
        vmm.write(ControlRegister.CR4, cr4 | ControlState.CR4_SMAP),
        EventCause.CONTROL_CHANGE,
        ResyncKind.FULL);
  }

  @Test
  void aChangeOfPrivilegeMattersBetweenSetsOnly() {
    assertResumed(
        vmm.changePrivilege(0, 2), EventCause.PRIVILEGE_CHANGE_WITHIN_SET, ResyncKind.NONE);
    assertResumed(vmm.changePrivilege(2, 3), EventCause.PRIVILEGE_SET_CHANGE, ResyncKind.NONE);
    assertResumed(vmm.changePrivilege(3, 0), EventCause.PRIVILEGE_SET_CHANGE, ResyncKind.NONE);
  }

  @Test
  void aMachineThatWasNeverCreatedHasNoEvents() {
    Event event = new Event.InvalidatePage(new Vcpu(7, 0), 0);
    assertThrows(IllegalArgumentException.class, () -> vmm.vmm().handle(event));
  }

  private static ProcessorDrop pageDrop(long page) {
    return new ProcessorDrop.Page(CPU, PageSize.address(page, 0x24));
  }

  private static void assertResumed(Response response, EventCause cause, ResyncKind kind) {
    assertInstanceOf(Action.Resume.class, response.action());
    assertEquals(Optional.of(new Report(cause, kind)), response.report());
  }
}
