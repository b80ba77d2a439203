package io.vtlb.implementation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vtlb.model.event.Event;
import io.vtlb.model.machine.ControlRegister;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.Vcpu;
import io.vtlb.model.machine.Vendor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The table of invalidations, register by register and bit by bit. */
class ControlEffectTest {

  @ParameterizedTest
  @CsvSource({
    // register, bit, Intel when set, Intel when cleared, AMD when set, AMD when cleared
    "CR0,  31, EVERYTHING, EVERYTHING, EVERYTHING, EVERYTHING",
    "CR0,  16, NONE, NONE, NONE, NONE",
    "CR0,  30, NONE, NONE, NONE, NONE",
    "CR4,  4,  NONE, NONE, EVERYTHING, EVERYTHING",
    "CR4,  5,  CONTEXT, CONTEXT, EVERYTHING, EVERYTHING",
    "CR4,  7,  EVERYTHING, EVERYTHING, EVERYTHING, EVERYTHING",
    "CR4,  17, NONE, EVERYTHING, NONE, EVERYTHING",
    "CR4,  20, CONTEXT, NONE, CONTEXT, NONE",
    "CR4,  21, NONE, NONE, NONE, NONE",
    "CR4,  22, NONE, NONE, EVERYTHING, NONE",
    "EFER, 11, NONE, NONE, NONE, NONE",
    "CR3,  12, CONTEXT, CONTEXT, CONTEXT, CONTEXT",
  })
  void of(
      ControlRegister register,
      int bit,
      ControlEffect intelSet,
      ControlEffect intelCleared,
      ControlEffect amdSet,
      ControlEffect amdCleared) {
    ControlState clear = new ControlState(1, 0, 0, 0);
    ControlState set = clear.with(register, clear.get(register) | 1L << bit);
    assertEquals(intelSet, effect(register, clear, set, Vendor.INTEL));
    assertEquals(intelCleared, effect(register, set, clear, Vendor.INTEL));
    assertEquals(amdSet, effect(register, clear, set, Vendor.AMD));
    assertEquals(amdCleared, effect(register, set, clear, Vendor.AMD));
  }

  private static ControlEffect effect(
      ControlRegister register, ControlState before, ControlState after, Vendor vendor) {
    return ControlEffect.of(
        new Event.ControlWrite(new Vcpu(0, 0), register, before, after), vendor);
  }
}
