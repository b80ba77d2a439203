package io.vtlb.conformance.sweep;

import io.vtlb.model.machine.Access;
import io.vtlb.model.machine.AccessKind;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.PrivilegeSet;
import java.util.ArrayList;
import java.util.List;

/** The accesses that are legal under a control state: kind × privilege set × PKRU. */
final class LegalAccesses {

  /** Forbids everything under every key: what must be ignored where keys are off. */
  static final int[] KEYS_OFF = {-1};

  /**
   * Four values of PKRU in which each of the keys 0, 1 and 15 has each of the four pairs of WD and
   * AD once, and no two of the keys the same at once, so that reading another key's pair shows.
   */
  static final int[] KEYS_ON = {keyed(0), keyed(1), keyed(2), keyed(3)};

  private static final int BYTES = 4;

  private LegalAccesses() {}

  /** Every kind in every privilege set that exists, with the values of PKRU that can matter. */
  static List<Access> of(ControlState control, long address) {
    return of(control, address, control.protectionKeys() ? KEYS_ON : KEYS_OFF);
  }

  static List<Access> of(ControlState control, long address, int... pkrus) {
    List<Access> accesses = new ArrayList<>();
    for (PrivilegeSet set : PrivilegeSet.values()) {
      if (set.exists(control)) {
        for (AccessKind kind : AccessKind.values()) {
          for (int pkru : pkrus) {
            accesses.add(new Access(address, kind, set, pkru, BYTES));
          }
        }
      }
    }
    return accesses;
  }

  private static int keyed(int first) {
    int pkru = 0;
    for (int key = 0; key < 16; key++) {
      int ahead =
          switch (key) {
            case 0 -> 0;
            case 1 -> 1;
            case 15 -> 2;
            default -> 3;
          };
      pkru |= ((first + ahead) & 3) << (2 * key);
    }
    return pkru;
  }
}
