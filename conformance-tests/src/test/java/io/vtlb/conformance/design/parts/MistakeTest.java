package io.vtlb.conformance.design.parts;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vtlb.model.rule.Rule;
import org.junit.jupiter.api.Test;

/** The names of the possible mistakes are public. */
class MistakeTest {

  private enum Slip implements Mistake {
    ROOM_MADE_TOO_LATE;

    @Override
    public String modelledOn() {
      return "nothing";
    }

    @Override
    public Rule blamed() {
      return Rule.PARTIAL_1;
    }
  }

  @Test
  void aFaultIsNamedByItsConstantInWords() {
    assertEquals("room-made-too-late", Slip.ROOM_MADE_TOO_LATE.faultName());
  }
}
