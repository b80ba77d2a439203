package io.vtlb.model.paging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vtlb.model.machine.Access;
import io.vtlb.model.machine.AccessKind;
import io.vtlb.model.machine.ControlRegister;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.PrivilegeSet;
import io.vtlb.model.machine.ProtectionKeyRights;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Protection keys take rights away from data accesses to user pages (Intel SDM vol. 3, 4.6.2). */
class ProtectionKeyTest {

  private static final WalkRights ALL = new WalkRights(true, true, true);

  /** What a key of AD and WD leaves: L and S for loads and stores, S only where it is forbidden. */
  @ParameterizedTest
  @CsvSource({
    // AD, WD, user or CR0.WP=1, loads, stores
    "0, 0, false, true, true",
    "0, 0, true, true, true",
    "0, 1, false, true, true",
    "0, 1, true, true, false",
    "1, 0, false, false, false",
    "1, 0, true, false, false",
    "1, 1, false, false, false",
    "1, 1, true, false, false"
  })
  void eachCombinationOfAccessDisableAndWriteDisable(
      int accessDisable, int writeDisable, boolean strict, boolean loads, boolean stores) {
    for (int key = 0; key < ProtectionKeyRights.KEYS; key++) {
      int pkru = (accessDisable | writeDisable << 1) << (2 * key);
      for (PrivilegeSet set : PrivilegeSet.values()) {
        for (boolean writeProtect : new boolean[] {false, true}) {
          if (strict == (set == PrivilegeSet.USER || writeProtect)) {
            ControlState control = control(writeProtect);
            assertEquals(loads, permits(ALL, key, AccessKind.LOAD, set, pkru, control));
            assertEquals(stores, permits(ALL, key, AccessKind.STORE, set, pkru, control));
            assertTrue(permits(ALL, key, AccessKind.FETCH, set, pkru, control));
          }
        }
      }
    }
  }

  @Test
  void otherKeysDoNotCount() {
    for (int key = 0; key < ProtectionKeyRights.KEYS; key++) {
      int others = ~(3 << (2 * key));
      assertTrue(permits(ALL, key, AccessKind.STORE, PrivilegeSet.USER, others, control(true)));
    }
  }

  @Test
  void supervisorPagesHaveNoKeys() {
    WalkRights supervisor = new WalkRights(true, false, true);
    assertTrue(
        permits(supervisor, 7, AccessKind.STORE, PrivilegeSet.SUPERVISOR, -1, control(true)));
  }

  @Test
  void keysCountOnlyWithTheirBitInLongMode() {
    ControlState on = control(true);
    ControlState off = on.with(ControlRegister.CR4, on.cr4() & ~ControlState.CR4_PKE);
    ControlState narrow = on.with(ControlRegister.EFER, ControlState.EFER_NXE);
    assertTrue(permits(ALL, 7, AccessKind.STORE, PrivilegeSet.USER, -1, off));
    assertTrue(permits(ALL, 7, AccessKind.STORE, PrivilegeSet.USER, -1, narrow));
  }

  @Test
  void keysOnlyTakeRightsAway() {
    for (ControlState rights : PermissionTest.controls()) {
      ControlState control =
          rights
              .with(ControlRegister.CR4, rights.cr4() | ControlState.CR4_PKE | ControlState.CR4_PAE)
              .with(
                  ControlRegister.EFER,
                  rights.efer() | ControlState.EFER_LME | ControlState.EFER_LMA);
      for (Access access : PermissionTest.ACCESSES) {
        for (WalkRights held : PermissionTest.RIGHTS) {
          boolean without = PermissionTable.permits(held, access, control);
          for (int pkru = 0; pkru < 4; pkru++) {
            boolean withKey = permits(held, 0, access.kind(), access.set(), pkru, control);
            assertTrue(without || !withKey, () -> held + " " + access + " " + control);
            if (access.isFetch() || !held.user() || pkru == 0) {
              assertEquals(without, withKey);
            }
          }
        }
      }
    }
  }

  private static boolean permits(
      WalkRights rights,
      int key,
      AccessKind kind,
      PrivilegeSet set,
      int pkru,
      ControlState control) {
    Translation held = new Translation(0, 1, 1, rights, key, 0, false, true);
    return Permission.permits(held, new Access(0, kind, set, pkru, 4), control);
  }

  /** 4-level paging with protection keys, and execute-disable in force. */
  static ControlState control(boolean writeProtect) {
    return new ControlState(
        ControlState.CR0_PE | ControlState.CR0_PG | (writeProtect ? ControlState.CR0_WP : 0),
        0,
        ControlState.CR4_PAE | ControlState.CR4_PKE,
        ControlState.EFER_LME | ControlState.EFER_LMA | ControlState.EFER_NXE);
  }
}
