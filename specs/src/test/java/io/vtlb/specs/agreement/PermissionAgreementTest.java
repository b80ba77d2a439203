package io.vtlb.specs.agreement;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vtlb.model.machine.Access;
import io.vtlb.model.machine.AccessKind;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.PrivilegeSet;
import io.vtlb.model.machine.ProtectionKeyRights;
import io.vtlb.model.paging.Permission;
import io.vtlb.model.paging.Translation;
import io.vtlb.model.paging.WalkRights;
import io.vtlb.specs.evaluation.Function;
import io.vtlb.specs.evaluation.Value;
import org.junit.jupiter.api.Test;

/** Permission and error codes agree. */
class PermissionAgreementTest {

  private static final int POINTS = 100_000;
  private static final long SEED = 26;
  private static final Function PERMITS = Smt.function("permits");
  private static final Function RIGHTS_PERMIT = Smt.function("rights-permit");
  private static final Function PKRU_FORBIDS = Smt.function("pkru-forbids");
  private static final Function CODE_NOT_PRESENT = Smt.function("code-not-present");
  private static final Function CODE_RESERVED = Smt.function("code-reserved");
  private static final Function CODE_DENIED = Smt.function("code-denied");

  /** The lower of the two bits of each key in PKRU. */
  private static final int EACH_KEY = 0x5555_5555;

  private static final long[] BITS_OF_CR4 = {
    ControlState.CR4_PAE, ControlState.CR4_SMEP, ControlState.CR4_SMAP, ControlState.CR4_PKE
  };

  /**
   * Every combination of rights, access, and control bits, with each key, whatever its two bits in
   * PKRU, those of all other keys being the opposite.
   */
  @Test
  void theyAgreeOnEveryCombination() {
    Met met = new Met();
    for (int number = 0; number < 1 << 8; number++) {
      ControlState control = control(number);
      for (int key = 0; key < ProtectionKeyRights.KEYS; key++) {
        for (int bits = 0; bits < 4; bits++) {
          int ofKey = 3 << (2 * key);
          int pkru = (bits * EACH_KEY & ofKey) | ((3 - bits) * EACH_KEY & ~ofKey);
          compareAccesses(control, key, pkru, met);
        }
      }
    }
    met.require(POINTS, "permitted", "denied");
    met.require(POINTS / 10, "denied by key");
  }

  /** The control state of a number: PG, WP, LMA and NXE, and four bits of CR4. */
  private static ControlState control(int number) {
    long cr4 = 0;
    for (int bit = 0; bit < BITS_OF_CR4.length; bit++) {
      cr4 |= (number & 16 << bit) == 0 ? 0 : BITS_OF_CR4[bit];
    }
    return new ControlState(
        ((number & 1) == 0 ? 0 : ControlState.CR0_PG)
            | ((number & 2) == 0 ? 0 : ControlState.CR0_WP),
        0,
        cr4,
        ((number & 4) == 0 ? 0 : ControlState.EFER_LMA)
            | ((number & 8) == 0 ? 0 : ControlState.EFER_NXE));
  }

  private static void compareAccesses(ControlState control, int key, int pkru, Met met) {
    Value registers = Smt.control(control);
    for (AccessKind kind : AccessKind.values()) {
      for (PrivilegeSet set : PrivilegeSet.values()) {
        Access access = new Access(0, kind, set, pkru, 4);
        Value asked = Smt.access(access);
        for (int bits = 0; bits < 8; bits++) {
          WalkRights rights = new WalkRights((bits & 1) != 0, (bits & 2) != 0, (bits & 4) != 0);
          compare(translation(rights, key), access, asked, control, registers, met);
        }
      }
    }
  }

  private static Translation translation(WalkRights rights, int key) {
    return new Translation(0, 1, 0, rights, key, 0, false, true);
  }

  @Test
  void theyAgreeAtRandomPoints() {
    States states = new States(SEED);
    Met met = new Met();
    for (int number = 0; number < POINTS; number++) {
      ControlState control = states.control();
      Access access = states.access(0);
      Translation translation = translation(states.rights(), states.below(16));
      compare(translation, access, Smt.access(access), control, Smt.control(control), met);
      compareCodes(translation, access, control);
    }
    met.require(POINTS / 10, "permitted", "denied");
    met.require(POINTS / 200, "denied by key");
  }

  private static void compare(
      Translation translation,
      Access access,
      Value asked,
      ControlState control,
      Value registers,
      Met met) {
    boolean permitted = Permission.permits(translation, access, control);
    boolean byRights = Permission.permits(translation.rights(), access, control);
    Value rights = Smt.rights(translation.rights());
    assertEquals(
        permitted,
        PERMITS.apply(Smt.translation(translation), asked, registers).isTrue(),
        () -> translation + " " + access + " " + control);
    assertEquals(
        byRights,
        RIGHTS_PERMIT
            .apply(rights, Smt.kind(access.kind()), Smt.set(access.set()), registers)
            .isTrue(),
        () -> translation + " " + access + " " + control);
    met.add(permitted ? "permitted" : byRights ? "denied by key" : "denied");
  }

  private static void compareCodes(Translation translation, Access access, ControlState control) {
    Value asked = Smt.access(access);
    Value registers = Smt.control(control);
    assertEquals(
        Smt.code(Permission.notPresent(access, control)), CODE_NOT_PRESENT.apply(asked, registers));
    assertEquals(
        Smt.code(Permission.reserved(access, control)), CODE_RESERVED.apply(asked, registers));
    assertEquals(
        Smt.code(Permission.denied(translation, access, control)),
        CODE_DENIED.apply(Smt.translation(translation), asked, registers));
    assertEquals(
        Smt.truth(ProtectionKeyRights.forbid(access.pkru(), translation.key(), access, control)),
        PKRU_FORBIDS.apply(
            Smt.bits(Integer.toUnsignedLong(access.pkru())),
            Smt.bits(translation.key()),
            asked,
            registers));
  }
}
