package io.vtlb.model.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Error codes are written as the manual draws them (Intel SDM vol. 3, 4.7). */
class FaultCodeTest {

  @ParameterizedTest
  @CsvSource({
    "0, none (0x0)",
    "1, P (0x1)",
    "7, P|W|U (0x7)",
    "9, P|RSVD (0x9)",
    "16, I (0x10)",
    "31, P|W|U|RSVD|I (0x1f)",
    "33, P|PK (0x21)"
  })
  void namesItsBits(int bits, String text) {
    assertEquals(text, new FaultCode(bits).toString());
  }

  @Test
  void tellsPresentAndReserved() {
    assertTrue(new FaultCode(FaultCode.PRESENT | FaultCode.RESERVED).reserved());
    assertTrue(new FaultCode(FaultCode.PRESENT).present());
    assertFalse(new FaultCode(FaultCode.PRESENT).reserved());
    assertFalse(new FaultCode(FaultCode.WRITE | FaultCode.USER).present());
  }
}
