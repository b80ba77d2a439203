package io.vtlb.conformance.torture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.vtlb.conformance.run.Misbehaviour;
import io.vtlb.conformance.verify.Verdict;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A target that does not end well is ended, and its verdict stays what it was. */
class FarewellTest {

  @ParameterizedTest
  @EnumSource(
      value = Way.class,
      names = {
        "NO_GOODBYE",
        "TALKS_AFTER_GOODBYE",
        "EXIT_7_AT_GOODBYE",
        "STAYS_AFTER_GOODBYE",
        "WRITES_AFTER_GOODBYE",
        "EXIT_7_AFTER_GOODBYE"
      })
  void theVerdictStays(Way way) throws IOException {
    Ordeal ordeal = Ordeal.of(Case.of(way, Misbehaviour.Kind.EXIT, ""));
    assertEquals(Optional.empty(), ordeal.found());
    assertNotEquals(Verdict.Kind.FAILS, ordeal.verdict().orElseThrow().kind());
    assertEquals(List.of(), ordeal.left());
  }
}
