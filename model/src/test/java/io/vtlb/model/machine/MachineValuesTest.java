package io.vtlb.model.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
    Access last = new Access(0xFFFF_FFFCL, AccessKind.STORE, PrivilegeSet.USER, false);
    assertEquals(0xF_FFFFL, last.page());
    assertTrue(last.isStore() && last.isUser());
    assertFalse(last.isFetch());
  }

  @Test
  void addressesAreFramesAndOffsets() {
    assertEquals(0x12_3456_7ABCL, PageSize.address(0x12_3456_7L, 0xABC));
    assertEquals(0xABC, PageSize.offset(0x12_3456_7ABCL));
  }

  @ParameterizedTest
  @ValueSource(ints = {31, 53, 0, -1})
  void physicalAddressesHave32To52Bits(int bits) {
    assertThrows(IllegalArgumentException.class, () -> new Profile("impossible", bits, true, true));
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
  @ValueSource(ints = {4, 5, 7, 20, 21})
  void theBitsOfCr4AreWhereTheManualPutsThem(int bit) {
    ControlState state = new ControlState(0, 0, 1L << bit, 0);
    assertEquals(bit == 4, state.pageSizeExtensions());
    assertEquals(bit == 5, state.physicalAddressExtension());
    assertEquals(bit == 7, state.globalPages());
    assertEquals(bit == 20, state.supervisorExecutionPrevention());
    assertEquals(bit == 21, state.supervisorAccessPrevention());
  }
}
