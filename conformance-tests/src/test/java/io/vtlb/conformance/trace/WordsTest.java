package io.vtlb.conformance.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vtlb.model.event.EventCause;
import io.vtlb.model.event.ResyncKind;
import io.vtlb.model.machine.AccessKind;
import io.vtlb.model.machine.Capability;
import io.vtlb.model.machine.ControlRegister;
import io.vtlb.model.machine.InvalidationType;
import io.vtlb.model.machine.PrivilegeSet;
import io.vtlb.model.machine.Vendor;
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
    assertEquals(List.of("supervisor", "user", "supervisor-ac"), Words.all(PrivilegeSet.class));
    assertEquals(List.of("cr0", "cr3", "cr4", "efer"), Words.all(ControlRegister.class));
    assertEquals(List.of("intel", "amd"), Words.all(Vendor.class));
    assertEquals(
        List.of("address", "single-context", "all-contexts", "all-contexts-keeping-globals"),
        Words.all(InvalidationType.class));
    assertEquals(
        List.of(
            "pse36",
            "no-execute",
            "pages-1g",
            "long-mode",
            "five-levels",
            "smep",
            "smap",
            "pcid",
            "invpcid",
            "protection-keys"),
        Words.all(Capability.class));
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
