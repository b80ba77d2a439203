package io.vtlb.conformance.sweep.manual;

import io.vtlb.model.machine.Access;
import io.vtlb.model.machine.AccessKind;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.PrivilegeSet;

/**
 * An access under a control state, reduced to places in the manual's tables (Intel SDM vol. 3, 4.6
 * and 4.7).
 *
 * @param rights the table of rights that is for it
 * @param situation its situation in that table, the last three columns left 0
 * @param code the W/R, U/S and I/D bits of its error code
 * @param keySituation its situation in the table of keys, the last two columns left 0
 * @param pkru the PKRU register, 0 where keys are off
 * @param data true unless it fetches
 */
public record AccessCase(
    TruthTable rights, int situation, int code, int keySituation, int pkru, boolean data) {

  private static final long CR0_WP = 1 << 16;
  private static final long CR4_PAE = 1 << 5;
  private static final long CR4_SMEP = 1 << 20;
  private static final long CR4_SMAP = 1 << 21;
  private static final long CR4_PKE = 1 << 22;
  private static final long EFER_LMA = 1 << 10;
  private static final long EFER_NXE = 1 << 11;

  static AccessCase of(Access access, ControlState control) {
    int user = access.set() == PrivilegeSet.USER ? 1 : 0;
    int explicitAc = access.set() == PrivilegeSet.SUPERVISOR_AC ? 1 : 0;
    int store = access.kind() == AccessKind.STORE ? 1 : 0;
    int fetch = access.kind() == AccessKind.FETCH ? 1 : 0;
    int wp = bit(control.cr0(), CR0_WP);
    int nxe = bit(control.efer(), EFER_NXE);
    int smep = bit(control.cr4(), CR4_SMEP);
    int situation =
        user << 8
            | wp << 7
            | nxe << 6
            | smep << 5
            | bit(control.cr4(), CR4_SMAP) << 4
            | explicitAc << 3;
    int toldAsFetch = fetch & (smep | (bit(control.cr4(), CR4_PAE) & nxe));
    int code = store << 1 | user << 2 | toldAsFetch << 4;
    int keysOn = bit(control.cr4(), CR4_PKE) & bit(control.efer(), EFER_LMA);
    return new AccessCase(
        AccessTable.of(store == 1, fetch == 1),
        situation,
        code,
        fetch << 5 | store << 4 | user << 3 | wp << 2,
        keysOn == 1 ? access.pkru() : 0,
        fetch == 0);
  }

  private static int bit(long register, long mask) {
    return (register & mask) == 0 ? 0 : 1;
  }
}
