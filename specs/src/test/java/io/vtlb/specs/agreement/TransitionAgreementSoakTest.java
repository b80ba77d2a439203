package io.vtlb.specs.agreement;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** {@link TransitionAgreementTest} for long: {@code mvn verify -Psoak}. */
@Tag("soak")
class TransitionAgreementSoakTest {

  private static final int FIRST = 1_000;
  private static final int HISTORIES = 20_000;

  @Test
  void theyAgreeInStep() {
    TransitionAgreementTest.compare(FIRST, FIRST + HISTORIES)
        .require(100_000, "gone by INVLPG", "gone by control write", "gone by fault");
  }
}
