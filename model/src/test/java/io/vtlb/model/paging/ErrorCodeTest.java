package io.vtlb.model.paging;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vtlb.model.machine.Access;
import io.vtlb.model.machine.AccessKind;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.FaultCode;
import io.vtlb.model.machine.PrivilegeSet;
import org.junit.jupiter.api.Test;

/** Error codes describe the access and what stopped it (Intel SDM vol. 3, 4.7). */
class ErrorCodeTest {

  private static final Translation SUPERVISOR_PAGE =
      new Translation(0, 1, 1, new WalkRights(true, false, true), 5, 0, false, true);
  private static final Translation USER_PAGE =
      new Translation(0, 1, 1, new WalkRights(false, true, true), 5, 0, false, true);

  @Test
  void errorCodesDescribeTheAccess() {
    ControlState plain = paging(0, ControlState.EFER_NXE);
    assertCodes(plain, AccessKind.LOAD, PrivilegeSet.SUPERVISOR, 0);
    assertCodes(plain, AccessKind.LOAD, PrivilegeSet.SUPERVISOR_AC, 0);
    assertCodes(plain, AccessKind.STORE, PrivilegeSet.SUPERVISOR, FaultCode.WRITE);
    assertCodes(plain, AccessKind.STORE, PrivilegeSet.USER, FaultCode.WRITE | FaultCode.USER);
    assertCodes(plain, AccessKind.FETCH, PrivilegeSet.USER, FaultCode.USER);
  }

  @Test
  void fetchesAreToldWithExecutionPreventionOrWithPaeAndExecuteDisable() {
    for (int bits = 0; bits < 8; bits++) {
      boolean smep = (bits & 1) != 0;
      boolean pae = (bits & 2) != 0;
      boolean nxe = (bits & 4) != 0;
      ControlState control =
          paging(
              (smep ? ControlState.CR4_SMEP : 0) | (pae ? ControlState.CR4_PAE : 0),
              nxe ? ControlState.EFER_NXE : 0);
      int told = smep || (pae && nxe) ? FaultCode.FETCH : 0;
      assertCodes(control, AccessKind.FETCH, PrivilegeSet.SUPERVISOR, told);
      assertCodes(control, AccessKind.FETCH, PrivilegeSet.USER, told | FaultCode.USER);
      assertCodes(control, AccessKind.LOAD, PrivilegeSet.SUPERVISOR, 0);
      assertCodes(control, AccessKind.STORE, PrivilegeSet.SUPERVISOR, FaultCode.WRITE);
    }
  }

  @Test
  void theKeyIsToldIfItForbidsEvenWhereRightsDenyToo() {
    ControlState keys = ProtectionKeyTest.control(false);
    int keyTold = FaultCode.PRESENT | FaultCode.PROTECTION_KEY;
    assertEquals(new FaultCode(keyTold), denied(USER_PAGE, AccessKind.LOAD, 1, keys));
    assertEquals(
        new FaultCode(keyTold | FaultCode.WRITE), denied(USER_PAGE, AccessKind.STORE, 1, keys));
  }

  @Test
  void theKeyIsNotToldIfRightsAloneDeny() {
    ControlState keys = ProtectionKeyTest.control(true);
    assertEquals(
        new FaultCode(FaultCode.PRESENT | FaultCode.WRITE),
        denied(USER_PAGE, AccessKind.STORE, 0, keys));
    assertEquals(
        new FaultCode(FaultCode.PRESENT), denied(SUPERVISOR_PAGE, AccessKind.LOAD, 3, keys));
  }

  @Test
  void theKeyIsNotToldOfFetchesNorWithoutKeys() {
    ControlState keys = ProtectionKeyTest.control(true);
    assertEquals(
        new FaultCode(FaultCode.PRESENT | FaultCode.FETCH),
        denied(USER_PAGE, AccessKind.FETCH, 3, keys));
    ControlState none = paging(ControlState.CR4_PKE | ControlState.CR4_PAE, 0);
    assertEquals(new FaultCode(FaultCode.PRESENT), denied(USER_PAGE, AccessKind.LOAD, 3, none));
  }

  private static FaultCode denied(
      Translation page, AccessKind kind, int rightsOfKey, ControlState control) {
    int pkru = rightsOfKey << (2 * page.key());
    Access access = new Access(0, kind, PrivilegeSet.SUPERVISOR, pkru, 4);
    return Permission.denied(page, access, control);
  }

  private static ControlState paging(long cr4, long efer) {
    return new ControlState(ControlState.CR0_PE | ControlState.CR0_PG, 0, cr4, efer);
  }

  private static void assertCodes(
      ControlState control, AccessKind kind, PrivilegeSet set, int bits) {
    Access access = new Access(0, kind, set);
    int denied = bits | FaultCode.PRESENT;
    assertEquals(new FaultCode(bits), Permission.notPresent(access, control));
    assertEquals(new FaultCode(denied), Permission.denied(SUPERVISOR_PAGE, access, control));
    assertEquals(new FaultCode(denied), Permission.denied(USER_PAGE, access, control));
    assertEquals(new FaultCode(denied | FaultCode.RESERVED), Permission.reserved(access, control));
  }
}
