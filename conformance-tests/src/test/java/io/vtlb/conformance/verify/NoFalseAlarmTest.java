package io.vtlb.conformance.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vtlb.conformance.generate.ModeChoice;
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
  @CsvSource({
    "reference, mixed, 20260101, 2000",
    "reference, 32, 32, 1500",
    "reference, pae, 36, 1000",
    "reference, 4level, 48, 1000",
    "reference, 5level, 57, 1000",
    "bundled, mixed, 31337, 3000",
    "bundled, 32, 32, 1500",
    "bundled, pae, 36, 1000",
    "bundled, 4level, 48, 1000",
    "bundled, 5level, 57, 1000"
  })
  void rightTargetsConform(String target, String modes, long seed, long sequences) {
    assertConforms(target, modes, seed, sequences, Plans.LENGTH);
  }

  /** 500,000 sequences for each target. */
  @ParameterizedTest
  @CsvSource({
    "reference, mixed, 101, 430000, 20",
    "bundled, mixed, 102, 430000, 20",
    "reference, mixed, 103, 10000, 200",
    "bundled, mixed, 104, 10000, 200",
    "reference, 32, 105, 15000, 40",
    "bundled, 32, 106, 15000, 40",
    "reference, pae, 107, 15000, 40",
    "bundled, pae, 108, 15000, 40",
    "reference, 4level, 109, 15000, 40",
    "bundled, 4level, 110, 15000, 40",
    "reference, 5level, 111, 15000, 40",
    "bundled, 5level, 112, 15000, 40"
  })
  @Tag("soak")
  void rightTargetsConformForLong(
      String target, String modes, long seed, long sequences, int length) {
    assertConforms(target, modes, seed, sequences, length);
  }

  private static void assertConforms(
      String target, String modes, long seed, long sequences, int length) {
    ModeChoice choice = ModeChoice.ofWord(modes).orElseThrow();
    Verification run =
        Plans.run(Plans.of(Targets.named(target, List.of()), choice, seed, sequences, length));
    assertEquals(List.of(), run.failures());
    assertEquals(Optional.empty(), run.crash());
    assertEquals(sequences, run.sequences());
    assertEquals(sequences * length, run.operations());
    Verdict verdict = Verdict.of(run);
    assertEquals(Verdict.Kind.CONFORMS, verdict.kind(), verdict.reason());
    for (RuleVerdict rule : verdict.rules()) {
      boolean never = choice.whyNever(rule.rule()).isPresent();
      if (rule.rule().severity() == Severity.MUST) {
        assertEquals(!never, rule.exercised() > 0, rule.toString());
        assertEquals(
            never ? RuleVerdict.Kind.SKIPPED : RuleVerdict.Kind.PASS, rule.kind(), rule.toString());
      }
    }
  }
}
