package io.vtlb.model.paging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vtlb.model.machine.Access;
import io.vtlb.model.machine.AccessKind;
import io.vtlb.model.machine.ControlRegister;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.PrivilegeSet;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Permission agrees with the manual's table in every situation. */
class PermissionTest {

  private static final long[] CR4_BITS = {ControlState.CR4_SMEP, ControlState.CR4_SMAP};

  /** Every kind in every privilege set, at linear address 0. */
  static final List<Access> ACCESSES = accesses();

  /** Every combination of rights. */
  static final List<WalkRights> RIGHTS = rights();

  @Test
  void permitsWhatTheTablePermits() {
    for (ControlState control : controls()) {
      for (Access access : ACCESSES) {
        for (WalkRights rights : RIGHTS) {
          assertEquals(
              PermissionTable.permits(rights, access, control),
              Permission.permits(rights, access, control),
              () -> rights + " " + access + " " + control);
        }
      }
    }
  }

  @Test
  void resolvesEachRightOfEachSet() {
    for (ControlState control : controls()) {
      for (Access access : ACCESSES) {
        for (WalkRights rights : RIGHTS) {
          assertEquals(
              PermissionTable.permits(rights, access, control),
              Permission.resolve(rights, access.set(), control).allow(access.kind()),
              () -> rights + " " + access + " " + control);
        }
      }
    }
  }

  @Test
  void executeDisableCountsOnlyWhileItIsEnabledAtTheAccess() {
    WalkRights data = new WalkRights(true, true, false);
    ControlState off = new ControlState(ControlState.CR0_PG, 0, 0, 0);
    ControlState on = off.with(ControlRegister.EFER, ControlState.EFER_NXE);
    for (Access access : ACCESSES) {
      assertTrue(Permission.permits(data, access, off));
      assertEquals(!access.isFetch(), Permission.permits(data, access, on));
    }
  }

  @Test
  void withoutPagingEverythingIsPermitted() {
    for (ControlState control : controls()) {
      ControlState off =
          control
              .with(ControlRegister.CR0, control.cr0() & ~ControlState.CR0_PG)
              .with(ControlRegister.CR4, control.cr4() | ControlState.CR4_PKE);
      for (WalkRights rights : RIGHTS) {
        for (Access access : ACCESSES) {
          Access keyed = new Access(0, access.kind(), access.set(), -1, 4);
          Translation held = new Translation(0, 1, 0, rights, 3, 0, false, false);
          assertTrue(Permission.permits(held, keyed, off));
        }
      }
    }
  }

  /** CR0.WP, CR4.SMEP, CR4.SMAP and IA32_EFER.NXE in every combination, with paging on. */
  static List<ControlState> controls() {
    List<ControlState> controls = new ArrayList<>();
    for (int bits = 0; bits < 16; bits++) {
      long cr4 = ((bits & 1) * CR4_BITS[0]) | ((bits >> 1 & 1) * CR4_BITS[1]);
      long cr0 = ControlState.CR0_PG | ((bits >> 2 & 1) * ControlState.CR0_WP);
      controls.add(new ControlState(cr0, 0, cr4, (bits >> 3) * ControlState.EFER_NXE));
    }
    return controls;
  }

  private static List<Access> accesses() {
    List<Access> accesses = new ArrayList<>();
    for (AccessKind kind : AccessKind.values()) {
      for (PrivilegeSet set : PrivilegeSet.values()) {
        accesses.add(new Access(0, kind, set));
      }
    }
    return accesses;
  }

  private static List<WalkRights> rights() {
    List<WalkRights> rights = new ArrayList<>();
    for (int bits = 0; bits < 8; bits++) {
      rights.add(new WalkRights((bits & 1) != 0, (bits & 2) != 0, (bits & 4) != 0));
    }
    return rights;
  }
}
