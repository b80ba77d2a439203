package io.vtlb.conformance.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vtlb.implementation.IndexedVirtualTlb;
import io.vtlb.model.monitor.Monitor;
import io.vtlb.specs.claim.Claims;
import org.junit.jupiter.api.Test;

/** The tests run on the module path, as users of the modules do. */
class ModulePathTest {

  @Test
  void allFourModulesAreNamed() {
    assertEquals("io.vtlb.conformance", SequenceRun.class.getModule().getName());
    assertEquals("io.vtlb.model", Monitor.class.getModule().getName());
    assertEquals("io.vtlb.specs", Claims.class.getModule().getName());
    assertEquals("io.vtlb.implementation", IndexedVirtualTlb.class.getModule().getName());
  }

  @Test
  void theTestsAreInTheModuleThatTheyTest() {
    assertTrue(ModulePathTest.class.getModule().isNamed());
    assertEquals(SequenceRun.class.getModule(), ModulePathTest.class.getModule());
  }
}
