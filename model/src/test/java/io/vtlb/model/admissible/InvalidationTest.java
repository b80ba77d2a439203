package io.vtlb.model.admissible;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vtlb.model.admissible.Invalidation.Row;
import io.vtlb.model.admissible.Invalidation.Scope;
import io.vtlb.model.guest.ExampleGuest;
import io.vtlb.model.machine.ControlRegister;
import io.vtlb.model.machine.ControlState;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which row of the table of invalidations an event belongs to. */
class InvalidationTest {

  @Test
  void everyLoadOfTheRootInvalidatesAllButGlobals() {
    Invalidation load = ofWrite(ControlRegister.CR3, ExampleGuest.CONTROL.cr3()).orElseThrow();
    assertEquals(new Invalidation(Row.LOAD_ROOT, new Scope.Everywhere(), false), load);
  }

  @Test
  void ofCr4OnlyAToggleOfGlobalPagesDoes() {
    long cr4 = ExampleGuest.CONTROL.cr4();
    assertEquals(
        Optional.of(new Invalidation(Row.TOGGLE_GLOBAL_PAGES, new Scope.Everywhere(), true)),
        ofWrite(ControlRegister.CR4, cr4 ^ ControlState.CR4_PGE));
    assertEquals(
        Optional.empty(),
        ofWrite(ControlRegister.CR4, cr4 ^ ControlState.CR4_PSE ^ ControlState.CR4_SMAP));
  }

  @Test
  void ofCr0NothingDoes() {
    long cr0 = ExampleGuest.CONTROL.cr0();
    assertEquals(Optional.empty(), ofWrite(ControlRegister.CR0, cr0 ^ ControlState.CR0_WP));
  }

  @Test
  void aPageIsNamedWithItsGlobals() {
    assertTrue(Invalidation.ofPage(7).globals());
    assertTrue(Invalidation.ofDeliveredFault(7).globals());
    assertEquals(new Scope.OnePage(7, true), Invalidation.ofPage(7).scope());
    assertEquals(new Scope.OnePage(7, false), Invalidation.ofDeliveredFault(7).scope());
    assertFalse(Invalidation.ofPage(7).row().equals(Invalidation.ofDeliveredFault(7).row()));
  }

  private static Optional<Invalidation> ofWrite(ControlRegister register, long value) {
    ControlState before = ExampleGuest.CONTROL;
    return Invalidation.ofControlWrite(register, before, before.with(register, value));
  }
}
