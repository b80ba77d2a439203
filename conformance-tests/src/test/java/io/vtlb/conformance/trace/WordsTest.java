package io.vtlb.conformance.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vtlb.model.event.EventCause;
import io.vtlb.model.event.ResyncKind;
import io.vtlb.model.machine.AccessKind;
import io.vtlb.model.machine.ControlRegister;
import io.vtlb.model.machine.PrivilegeSet;
import io.vtlb.model.trace.Caching;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The words of traces are public: renaming a constant of the vocabulary must not change them
 * unseen.
 */
class WordsTest {

  @Test
  void areThoseThatTheFormatNames() {
    assertEquals(List.of("load", "store", "fetch"), Words.all(AccessKind.class));
    assertEquals(List.of("supervisor", "user"), Words.all(PrivilegeSet.class));
    assertEquals(List.of("cr0", "cr3", "cr4"), Words.all(ControlRegister.class));
    assertEquals(List.of("none", "partial", "full", "flush"), Words.all(ResyncKind.class));
    assertEquals(
        List.of("never", "forever", "speculative", "random"), Words.all(Caching.Policy.class));
    assertEquals(
        List.of(
            "guest-page-fault",
            "inconsistency",
            "tlb-manipulation",
            "control-change",
            "privilege-set-change",
            "privilege-change-within-set",
            "device-access",
            "spurious"),
        Words.all(EventCause.class));
  }
}
