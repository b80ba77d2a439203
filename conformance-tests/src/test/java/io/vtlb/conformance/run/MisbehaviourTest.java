package io.vtlb.conformance.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vtlb.conformance.run.Misbehaviour.Kind;
import org.junit.jupiter.api.Test;

/** What is told of a target is one line that a terminal shows, whatever the target's words. */
class MisbehaviourTest {

  @Test
  void wordsOfTargetsDoNotReachATerminalAsTheyAre() {
    Misbehaviour told =
        new Misbehaviour(Kind.UNSUPPORTED, "x", "no \u001b[31mred\nconforms: all\u007f");
    assertEquals("no ?[31mred?conforms: all?", told.told());
  }

  @Test
  void longWordsAreCut() {
    Misbehaviour told = new Misbehaviour(Kind.UNSUPPORTED, "x", "y".repeat(1 << 20));
    assertTrue(told.told().endsWith("y..."), told.told());
    assertEquals(1003, told.told().length());
  }
}
