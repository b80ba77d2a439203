package io.vtlb.model.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The small values of the machine, at their edges. */
class MachineValuesTest {

  @ParameterizedTest
  @CsvSource({"0, SUPERVISOR", "1, SUPERVISOR", "2, SUPERVISOR", "3, USER"})
  void aPrivilegeLevelBelongsToOneSet(int cpl, PrivilegeSet set) {
    assertEquals(set, PrivilegeSet.of(cpl));
  }

  @Test
  void anAccessKnowsItsPage() {
    Access last = new Access(0xFFFF_FFFCL, AccessKind.STORE, PrivilegeSet.USER);
    assertEquals(0xF_FFFFL, last.page());
    assertTrue(last.isStore() && last.isUser());
    assertFalse(last.isFetch());
  }

  @Test
  void anAccessHasFourBytesAndNoKeysUnlessToldOtherwise() {
    assertEquals(
        new Access(8, AccessKind.LOAD, PrivilegeSet.SUPERVISOR, 0, 4),
        new Access(8, AccessKind.LOAD, PrivilegeSet.SUPERVISOR));
    assertEquals(-1, new Access(-8, AccessKind.LOAD, PrivilegeSet.SUPERVISOR).page());
  }

  @ParameterizedTest
  @CsvSource({
    "0, false, 0, SUPERVISOR",
    "2, true, 0, SUPERVISOR",
    "0, false, 21, SUPERVISOR",
    "2, true, 21, SUPERVISOR_AC",
    "3, true, 21, USER",
    "3, false, 0, USER"
  })
  void alignmentCheckMakesASetOfItsOwnOnlyWithSmap(
      int cpl, boolean alignmentCheck, int bit, PrivilegeSet set) {
    ControlState control = new ControlState(0, 0, 1L << bit, 0);
    assertEquals(set, PrivilegeSet.of(cpl, alignmentCheck, control));
    assertTrue(set.exists(control));
    assertEquals(bit == 21, PrivilegeSet.SUPERVISOR_AC.exists(control));
  }

  @Test
  void aPcidIsInTheLowBitsOfCr3WherePcidsAre() {
    assertEquals(0, new ControlState(0, 0x1ABC, 0, 0).pcid());
    assertEquals(0xABC, new ControlState(0, 0x1ABC, ControlState.CR4_PCIDE, 0).pcid());
  }

  @Test
  void keysCountWithPagingInLongModeOnly() {
    for (int bits = 0; bits < 8; bits++) {
      ControlState state =
          new ControlState(
              (bits & 1) != 0 ? ControlState.CR0_PG : 0,
              0,
              (bits & 2) != 0 ? ControlState.CR4_PKE : 0,
              (bits & 4) != 0 ? ControlState.EFER_LMA : 0);
      assertEquals(bits == 7, state.protectionKeys());
    }
  }

  @ParameterizedTest
  @CsvSource({"8, false, false", "10, true, false", "11, false, true"})
  void theBitsOfEferAreWhereTheManualPutsThem(int bit, boolean longMode, boolean noExecute) {
    ControlState state = new ControlState(0, 0, 0, 1L << bit);
    assertEquals(longMode, state.longMode());
    assertEquals(noExecute, state.noExecute());
  }

  @Test
  void thereAreFourPdpteRegisters() {
    assertThrows(IllegalArgumentException.class, () -> new PdpteRegisters(List.of(0L, 0L, 0L)));
    assertEquals(4, new PdpteRegisters(List.of(1L, 2L, 3L, 4L)).get(3));
    assertEquals(PdpteRegisters.NONE, new ControlState(0, 0, 0, 0).pdptes());
  }

  @Test
  void pagesHaveFourSizes() {
    assertEquals(
        List.of(1, 512, 1024, 262_144),
        IntStream.rangeClosed(0, 1 << 20).filter(PageSize::exists).boxed().toList());
  }

  @Test
  void whatAProfileOffersIsItsOwn() {
    EnumSet<Capability> offered = EnumSet.of(Capability.PCID);
    Profile profile = new Profile("copy", Vendor.AMD, 40, offered, true);
    offered.add(Capability.SMEP);
    assertTrue(profile.has(Capability.PCID));
    assertFalse(profile.has(Capability.SMEP));
  }

  @Test
  void addressesAreFramesAndOffsets() {
    assertEquals(0x12_3456_7ABCL, PageSize.address(0x12_3456_7L, 0xABC));
    assertEquals(0xABC, PageSize.offset(0x12_3456_7ABCL));
  }

  @ParameterizedTest
  @ValueSource(ints = {31, 53, 0, -1})
  void physicalAddressesHave32To52Bits(int bits) {
    assertThrows(
        IllegalArgumentException.class,
        () -> new Profile("impossible", Vendor.INTEL, bits, Set.of(), true));
  }

  @Test
  void virtualCpusAreNumberedFromZero() {
    assertEquals("vm1.cpu2", new Vcpu(1, 2).toString());
    assertThrows(IllegalArgumentException.class, () -> new Vcpu(-1, 0));
    assertThrows(IllegalArgumentException.class, () -> new Vcpu(0, -1));
  }

  @Test
  void eachControlRegisterIsReplacedAlone() {
    ControlState state = new ControlState(1, 2, 3, 4);
    assertEquals(new ControlState(9, 2, 3, 4), state.with(ControlRegister.CR0, 9));
    assertEquals(new ControlState(1, 9, 3, 4), state.with(ControlRegister.CR3, 9));
    assertEquals(new ControlState(1, 2, 9, 4), state.with(ControlRegister.CR4, 9));
    assertEquals(1, state.get(ControlRegister.CR0));
    assertEquals(2, state.get(ControlRegister.CR3));
    assertEquals(3, state.get(ControlRegister.CR4));
  }

  @ParameterizedTest
  @CsvSource({"16", "31"})
  void theBitsOfCr0AreWhereTheManualPutsThem(int bit) {
    ControlState state = new ControlState(1L << bit, 0, 0, 0);
    assertEquals(bit == 16, state.writeProtect());
    assertEquals(bit == 31, state.paging());
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 5, 7, 12, 17, 20, 21})
  void theBitsOfCr4AreWhereTheManualPutsThem(int bit) {
    ControlState state = new ControlState(0, 0, 1L << bit, 0);
    assertEquals(bit == 4, state.pageSizeExtensions());
    assertEquals(bit == 5, state.physicalAddressExtension());
    assertEquals(bit == 7, state.globalPages());
    assertEquals(bit == 12, state.fiveLevels());
    assertEquals(bit == 17, state.processContexts());
    assertEquals(bit == 20, state.supervisorExecutionPrevention());
    assertEquals(bit == 21, state.supervisorAccessPrevention());
  }
}
