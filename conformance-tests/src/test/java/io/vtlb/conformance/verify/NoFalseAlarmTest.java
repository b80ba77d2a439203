package io.vtlb.conformance.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vtlb.conformance.target.Targets;
import io.vtlb.model.rule.Severity;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Right targets are found right, and not because nothing was looked at. */
class NoFalseAlarmTest {

  @ParameterizedTest
  @CsvSource({"reference, 20260101", "bundled, 31337"})
  void rightTargetsConform(String target, long seed) {
    assertConforms(target, seed, 3_000, Plans.LENGTH);
  }

  @ParameterizedTest
  @CsvSource({
    "reference, 101, 200000, 40",
    "bundled, 102, 200000, 40",
    "reference, 103, 200000, 5",
    "bundled, 104, 200000, 5",
    "reference, 105, 40000, 200",
    "bundled, 106, 40000, 200"
  })
  @Tag("soak")
  void rightTargetsConformForLong(String target, long seed, long sequences, int length) {
    assertConforms(target, seed, sequences, length);
  }

  private static void assertConforms(String target, long seed, long sequences, int length) {
    Verification run =
        Plans.run(Plans.of(Targets.named(target, List.of()), seed, sequences, length));
    assertEquals(List.of(), run.failures());
    assertEquals(Optional.empty(), run.crash());
    assertEquals(sequences, run.sequences());
    assertEquals(sequences * length, run.operations());
    Verdict verdict = Verdict.of(run);
    assertEquals(Verdict.Kind.CONFORMS, verdict.kind());
    for (RuleVerdict rule : verdict.rules()) {
      if (rule.rule().severity() == Severity.MUST) {
        assertTrue(rule.exercised() > 0, rule.toString());
        assertEquals(RuleVerdict.Kind.PASS, rule.kind(), rule.toString());
      }
    }
  }
}
