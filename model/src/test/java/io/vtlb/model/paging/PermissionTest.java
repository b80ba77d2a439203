package io.vtlb.model.paging;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vtlb.model.machine.Access;
import io.vtlb.model.machine.AccessKind;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.FaultCode;
import io.vtlb.model.machine.PrivilegeSet;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Permission agrees with the manual's table in every situation. */
class PermissionTest {

  private static final long[] CR4_BITS = {ControlState.CR4_SMEP, ControlState.CR4_SMAP};

  /** Every kind in every privilege set, with and without EFLAGS.AC, at linear address 0. */
  static final List<Access> ACCESSES = accesses();

  @Test
  void permitsWhatTheTablePermits() {
    for (ControlState control : controls()) {
      for (Access access : ACCESSES) {
        for (WalkRights rights : rights()) {
          assertEquals(
              PermissionTable.permits(rights.user(), rights.writable(), access, control),
              Permission.permits(rights, access, control),
              () -> rights + " " + access + " " + control);
        }
      }
    }
  }

  @Test
  void resolvesEachRightOfEachSetWithoutAlignmentCheck() {
    for (ControlState control : controls()) {
      for (Access access : ACCESSES) {
        for (WalkRights rights : rights()) {
          if (!access.alignmentCheck()) {
            assertEquals(
                PermissionTable.permits(rights.user(), rights.writable(), access, control),
                Permission.resolve(rights, access.set(), control).allow(access.kind()),
                () -> rights + " " + access + " " + control);
          }
        }
      }
    }
  }

  @Test
  void executeDisableForbidsFetchesToAll() {
    WalkRights data = new WalkRights(true, true, false);
    for (Access access : ACCESSES) {
      boolean permitted = Permission.permits(data, access, new ControlState(0, 0, 0, 0));
      assertEquals(!access.isFetch(), permitted);
    }
  }

  @Test
  void errorCodesDescribeTheAccess() {
    ControlState plain = new ControlState(0, 0, 0, ControlState.EFER_NXE);
    assertCodes(plain, AccessKind.LOAD, PrivilegeSet.SUPERVISOR, 0);
    assertCodes(plain, AccessKind.STORE, PrivilegeSet.SUPERVISOR, FaultCode.WRITE);
    assertCodes(plain, AccessKind.STORE, PrivilegeSet.USER, FaultCode.WRITE | FaultCode.USER);
    assertCodes(plain, AccessKind.FETCH, PrivilegeSet.USER, FaultCode.USER);
  }

  @Test
  void fetchesAreToldOnlyWhereTheyCanBeForbidden() {
    for (ControlState control :
        List.of(
            new ControlState(0, 0, ControlState.CR4_SMEP, 0),
            new ControlState(0, 0, ControlState.CR4_PAE, ControlState.EFER_NXE))) {
      assertCodes(control, AccessKind.FETCH, PrivilegeSet.SUPERVISOR, FaultCode.FETCH);
      assertCodes(control, AccessKind.LOAD, PrivilegeSet.SUPERVISOR, 0);
    }
    ControlState wide = new ControlState(0, 0, ControlState.CR4_PAE, 0);
    assertCodes(wide, AccessKind.FETCH, PrivilegeSet.SUPERVISOR, 0);
  }

  private static void assertCodes(
      ControlState control, AccessKind kind, PrivilegeSet set, int bits) {
    Access access = new Access(0, kind, set, false);
    int denied = bits | FaultCode.PRESENT;
    assertEquals(new FaultCode(bits), Permission.notPresent(access, control));
    assertEquals(new FaultCode(denied), Permission.denied(access, control));
    assertEquals(new FaultCode(denied | FaultCode.RESERVED), Permission.reserved(access, control));
  }

  /** CR0.WP, CR4.SMEP and CR4.SMAP in every combination. */
  static List<ControlState> controls() {
    List<ControlState> controls = new ArrayList<>();
    for (int bits = 0; bits < 8; bits++) {
      long cr4 = ((bits & 1) * CR4_BITS[0]) | ((bits >> 1 & 1) * CR4_BITS[1]);
      long cr0 = ControlState.CR0_PG | ((bits >> 2) * ControlState.CR0_WP);
      controls.add(new ControlState(cr0, 0, cr4, 0));
    }
    return controls;
  }

  private static List<Access> accesses() {
    List<Access> accesses = new ArrayList<>();
    for (AccessKind kind : AccessKind.values()) {
      for (PrivilegeSet set : PrivilegeSet.values()) {
        accesses.add(new Access(0, kind, set, false));
        accesses.add(new Access(0, kind, set, true));
      }
    }
    return accesses;
  }

  private static List<WalkRights> rights() {
    return List.of(
        new WalkRights(false, false, true),
        new WalkRights(false, true, true),
        new WalkRights(true, false, true),
        new WalkRights(true, true, true));
  }
}
