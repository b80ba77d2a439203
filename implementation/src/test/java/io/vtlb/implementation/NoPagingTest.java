package io.vtlb.implementation;

import static io.vtlb.implementation.Answers.assertDevice;
import static io.vtlb.implementation.Answers.assertDropsPage;
import static io.vtlb.implementation.Answers.assertInstalled;
import static io.vtlb.implementation.Answers.assertReport;
import static io.vtlb.model.machine.ControlRegister.CR3;
import static io.vtlb.model.machine.ControlRegister.CR4;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vtlb.model.event.EventCause;
import io.vtlb.model.event.Response;
import io.vtlb.model.event.ResyncKind;
import io.vtlb.model.machine.AccessKind;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.PrivilegeSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** With CR0.PG=0 linear addresses are physical, and there is no protection. */
class NoPagingTest {

  private final Guest guest = new Guest(Layout.NO_PAGING);

  @ParameterizedTest
  @EnumSource
  void everySetMayDoEverything(PrivilegeSet set) {
    long bits = ControlState.CR4_SMEP | ControlState.CR4_SMAP;
    guest.set(CR4, bits);
    assertInstalled(guest.access(AccessKind.LOAD, set, 9, ~0));
    assertInstalled(guest.access(AccessKind.STORE, set, 10, ~0));
    assertInstalled(guest.access(AccessKind.FETCH, set, 11, ~0));
    assertEquals("0x1000b rwx", guest.seen(set, 11));
    assertEquals(3, guest.entries(set).size());
    assertEquals(List.of(), guest.memory.updates());
  }

  @Test
  void onlyMemoryIsMapped() {
    assertDevice(guest.load(PrivilegeSet.USER, Guest.DEVICE_FRAME));
    assertEquals("none", guest.seen(PrivilegeSet.USER, Guest.DEVICE_FRAME));
  }

  @Test
  void theHighestPhysicalPagesBelowFourGiBAreReached() {
    assertDevice(guest.store(PrivilegeSet.SUPERVISOR, 0xFFFFF));
    assertInstalled(guest.store(PrivilegeSet.SUPERVISOR, 0x7FFFF));
  }

  @Test
  void addressesAreCutTo32Bits() {
    guest.load(PrivilegeSet.SUPERVISOR, 9);
    assertDropsPage(9, guest.invalidateAt(0x7_0000_9000L));
    assertEquals("none", guest.seen(PrivilegeSet.SUPERVISOR, 9));
  }

  @Test
  void theRootDoesNotMatter() {
    guest.load(PrivilegeSet.SUPERVISOR, 9);
    Response response = guest.write(CR3, 0x5000);
    assertReport(EventCause.TLB_MANIPULATION, ResyncKind.FULL, response);
    assertEquals("0x10009 rwx", guest.seen(PrivilegeSet.SUPERVISOR, 9));
  }
}
