package io.vtlb.specs.agreement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vtlb.model.control.RegisterWrite;
import io.vtlb.model.machine.ControlRegister;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.PrivilegeSet;
import io.vtlb.model.machine.Profile;
import io.vtlb.model.memory.GuestPhysicalMemory;
import io.vtlb.model.paging.PagingMode;
import io.vtlb.model.target.GuestMemory;
import io.vtlb.model.target.HostMap;
import io.vtlb.specs.evaluation.Function;
import io.vtlb.specs.evaluation.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** What the control registers say is read from them alike. */
class ControlAgreementTest {

  private static final int POINTS = 100_000;
  private static final long SEED = 23;
  private static final Function MODE_OF = Smt.function("mode-of");
  private static final Function CURRENT_PCID = Smt.function("current-pcid");
  private static final Function SET_OF = Smt.function("set-of");
  private static final Function SET_OF_LEVEL = Smt.function("set-of-level");

  /** What is one bit in a register, or follows from few. */
  private static final Map<Function, Predicate<ControlState>> TRUTHS = new LinkedHashMap<>();

  static {
    truth("write-protect", ControlState::writeProtect);
    truth("paging", ControlState::paging);
    truth("page-size-extensions", ControlState::pageSizeExtensions);
    truth("physical-address-extension", ControlState::physicalAddressExtension);
    truth("global-pages", ControlState::globalPages);
    truth("five-levels", ControlState::fiveLevels);
    truth("process-contexts", ControlState::processContexts);
    truth("execution-prevention", ControlState::supervisorExecutionPrevention);
    truth("access-prevention", ControlState::supervisorAccessPrevention);
    truth("long-mode", ControlState::longMode);
    truth("protection-keys", ControlState::protectionKeys);
    truth("no-execute", ControlState::noExecute);
  }

  private static void truth(String name, Predicate<ControlState> model) {
    TRUTHS.put(Smt.function(name), model);
  }

  @Test
  void theyAgreeOnAnyRegisters() {
    States states = new States(SEED);
    Met met = new Met();
    for (int number = 0; number < POINTS; number++) {
      compare(
          new ControlState(states.bits(), states.bits(), states.bits(), states.bits()),
          met,
          "seed " + SEED + ", point " + number);
    }
    PagingMode.ALL.forEach(mode -> met.require(POINTS / 16, mode.name()));
  }

  /** Every combination of the bits that count, each in an otherwise empty or full register. */
  @Test
  void theyAgreeOnEveryCombination() {
    long[] cr0 = {ControlState.CR0_WP, ControlState.CR0_PG};
    long[] cr4 = {
      ControlState.CR4_PSE,
      ControlState.CR4_PAE,
      ControlState.CR4_PGE,
      ControlState.CR4_LA57,
      ControlState.CR4_PCIDE,
      ControlState.CR4_SMEP,
      ControlState.CR4_SMAP,
      ControlState.CR4_PKE
    };
    long[] efer = {ControlState.EFER_LMA, ControlState.EFER_NXE};
    for (int number = 0; number < 1 << 13; number++) {
      long rest = (number & 1 << 12) == 0 ? 0 : -1;
      ControlState control =
          new ControlState(
              chosen(cr0, number, rest),
              0x1234_5ABCL,
              chosen(cr4, number >> 2, rest),
              chosen(efer, number >> 10, rest));
      compare(control, new Met(), control.toString());
    }
  }

  private static long chosen(long[] bits, int number, long rest) {
    long register = rest;
    for (int bit = 0; bit < bits.length; bit++) {
      register = (number & 1 << bit) == 0 ? register & ~bits[bit] : register | bits[bit];
    }
    return register;
  }

  /** What theorems assume of a control state is true wherever legal writes lead. */
  @Test
  void everyLegalWriteLeadsToALegalState() {
    Function isLegal = Smt.function("is-legal");
    States states = new States(SEED + 1);
    Met met = new Met();
    GuestMemory memory = new GuestPhysicalMemory(0, new HostMap(List.of()));
    ControlState control = new ControlState(ControlState.CR0_PE, 0, 0, 0);
    for (int writes = 0; writes < POINTS; ) {
      ControlRegister register = states.one(List.of(ControlRegister.values()));
      long value = control.get(register) ^ states.one(changed(register));
      Optional<ControlState> after =
          RegisterWrite.of(register, value, control, Profile.GENERIC_64, memory);
      if (after.isPresent()) {
        control = after.get();
        assertTrue(isLegal.apply(Smt.control(control)).isTrue(), control.toString());
        met.add(PagingMode.of(control).name() + (control.processContexts() ? " with PCIDs" : ""));
        writes++;
      }
    }
    PagingMode.ALL.forEach(mode -> met.require(POINTS / 100, mode.name()));
    met.require(POINTS / 100, "4-level with PCIDs", "5-level with PCIDs");
  }

  private static List<Long> changed(ControlRegister register) {
    return switch (register) {
      case CR0 -> List.of(ControlState.CR0_PG, ControlState.CR0_WP);
      case CR3 -> List.of(1L << 12, 1L << 31, 3L);
      case CR4 ->
          List.of(
              ControlState.CR4_PAE,
              ControlState.CR4_PGE,
              ControlState.CR4_LA57,
              ControlState.CR4_PCIDE,
              ControlState.CR4_PKE);
      case EFER -> List.of(ControlState.EFER_LME, ControlState.EFER_NXE);
    };
  }

  private static void compare(ControlState control, Met met, String where) {
    Value registers = Smt.control(control);
    PagingMode mode = PagingMode.of(control);
    assertEquals(Smt.mode(mode), MODE_OF.apply(registers), where);
    assertEquals(Smt.bits(control.pcid()), CURRENT_PCID.apply(registers), where);
    TRUTHS.forEach((function, model) ->
        assertEquals(
            model.test(control),
            function.apply(registers).isTrue(),
            () -> where + function.name()));
    for (int cpl = 0; cpl < 4; cpl++) {
      Value level = Smt.bits(cpl);
      assertEquals(Smt.set(PrivilegeSet.of(cpl)), SET_OF_LEVEL.apply(level), where);
      for (boolean alignmentCheck : new boolean[] {false, true}) {
        assertEquals(
            Smt.set(PrivilegeSet.of(cpl, alignmentCheck, control)),
            SET_OF.apply(level, Smt.truth(alignmentCheck), registers),
            where);
      }
    }
    met.add(mode.name());
  }
}
