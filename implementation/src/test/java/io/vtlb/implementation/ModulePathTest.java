package io.vtlb.implementation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vtlb.model.target.VirtualTlb;
import org.junit.jupiter.api.Test;

/** The tests run on the module path, as users of the modules do. */
class ModulePathTest {

  @Test
  void bothModulesAreNamed() {
    assertTrue(VirtualTlb.class.getModule().isNamed());
    assertEquals("io.vtlb.implementation", IndexedVirtualTlb.class.getModule().getName());
  }
}
