package io.vtlb.conformance.design.outofsync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The names of the possible mistakes are public. */
class SlipTest {

  @Test
  void faultNamesAreTheConstantsInWords() {
    for (Slip slip : Slip.values()) {
      assertEquals(slip.name().toLowerCase(Locale.ROOT).replace('_', '-'), slip.faultName());
    }
  }

  @Test
  void everySlipSaysWhatItIsModelledOn() {
    Set<String> models = new HashSet<>();
    for (Slip slip : Slip.values()) {
      assertTrue(models.add(slip.modelledOn()), slip.modelledOn());
    }
  }
}
