package io.vtlb.conformance.design.lazy;

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
import org.junit.jupiter.params.provider.EnumSource;

/** Random sequences find nothing wrong in the lazy design. */
class LazyConformsTest {

  @ParameterizedTest
  @EnumSource(ModeChoice.class)
  void conformsInEveryMode(ModeChoice modes) {
    TargetSource source = new TargetSource("lazy", new LazyTlb().describe(), LazyTlb::new);
    Verification run =
        Verifier.verify(
            new VerificationPlan(
                source,
                4,
                300,
                Optional.empty(),
                40,
                modes,
                VerificationPlan.everyRule(),
                2,
                VerificationPlan.USUAL_FAILURES),
            Progress.NONE);
    assertEquals(List.of(), run.failures());
    assertEquals(Optional.empty(), run.crash());
    assertEquals(300, run.sequences());
  }
}
