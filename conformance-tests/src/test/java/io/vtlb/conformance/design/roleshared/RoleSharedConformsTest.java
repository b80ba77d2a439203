package io.vtlb.conformance.design.roleshared;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vtlb.conformance.generate.ModeChoice;
import io.vtlb.conformance.target.TargetSource;
import io.vtlb.conformance.verify.Progress;
import io.vtlb.conformance.verify.Verification;
import io.vtlb.conformance.verify.VerificationPlan;
import io.vtlb.conformance.verify.Verifier;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The kit finds nothing wrong with the design. */
class RoleSharedConformsTest {

  private static final long SEED = 4;
  private static final long SEQUENCES = 300;
  private static final int LENGTH = 40;

  @ParameterizedTest
  @ValueSource(strings = {"32", "pae", "4level", "5level", "mixed"})
  void noRuleIsBroken(String mode) {
    TargetSource source =
        new TargetSource("role-shared", new RoleSharedTlb().describe(), RoleSharedTlb::new);
    Verification run =
        Verifier.verify(
            new VerificationPlan(
                source,
                SEED,
                SEQUENCES,
                Optional.empty(),
                LENGTH,
                ModeChoice.ofWord(mode).orElseThrow(),
                VerificationPlan.everyRule(),
                Runtime.getRuntime().availableProcessors(),
                VerificationPlan.USUAL_FAILURES),
            Progress.NONE);
    assertEquals(List.of(), run.failures());
    assertEquals(Optional.empty(), run.crash());
  }
}
