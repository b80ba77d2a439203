package io.vtlb.conformance.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vtlb.conformance.generate.ModeChoice;
import io.vtlb.conformance.target.Targets;
import io.vtlb.model.rule.Severity;
import java.util.List;
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

  /** 20,000 sequences of each design of the zoo; those of single modes are a fifth. */
  @ParameterizedTest
  @CsvSource({
    "lazy, mixed, 201, 16000",
    "lazy, 32, 202, 1000",
    "lazy, pae, 203, 1000",
    "lazy, 4level, 204, 1000",
    "lazy, 5level, 205, 1000",
    "role-shared, mixed, 211, 16000",
    "role-shared, 32, 212, 1000",
    "role-shared, pae, 213, 1000",
    "role-shared, 4level, 214, 1000",
    "role-shared, 5level, 215, 1000",
    "out-of-sync, mixed, 221, 16000",
    "out-of-sync, 32, 222, 1000",
    "out-of-sync, pae, 223, 1000",
    "out-of-sync, 4level, 224, 1000",
    "out-of-sync, 5level, 225, 1000",
    "adversary, mixed, 231, 16000",
    "adversary, 32, 232, 1000",
    "adversary, pae, 233, 1000",
    "adversary, 4level, 234, 1000",
    "adversary, 5level, 235, 1000"
  })
  void designsConform(String design, String modes, long seed, long sequences) {
    assertRight("design:" + design, modes, seed, sequences, Plans.LENGTH);
  }

  /** 1,000,000 sequences of each design of the zoo. */
  @ParameterizedTest
  @CsvSource({
    "lazy, mixed, 301, 800000",
    "lazy, 32, 302, 50000",
    "lazy, pae, 303, 50000",
    "lazy, 4level, 304, 50000",
    "lazy, 5level, 305, 50000",
    "role-shared, mixed, 311, 800000",
    "role-shared, 32, 312, 50000",
    "role-shared, pae, 313, 50000",
    "role-shared, 4level, 314, 50000",
    "role-shared, 5level, 315, 50000",
    "out-of-sync, mixed, 321, 800000",
    "out-of-sync, 32, 322, 50000",
    "out-of-sync, pae, 323, 50000",
    "out-of-sync, 4level, 324, 50000",
    "out-of-sync, 5level, 325, 50000",
    "adversary, mixed, 331, 800000",
    "adversary, 32, 332, 50000",
    "adversary, pae, 333, 50000",
    "adversary, 4level, 334, 50000",
    "adversary, 5level, 335, 50000"
  })
  @Tag("soak")
  void designsConformForLong(String design, String modes, long seed, long sequences) {
    assertRight("design:" + design, modes, seed, sequences, Plans.LENGTH);
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
    Verdict verdict = assertRight(target, modes, seed, sequences, length);
    for (RuleVerdict rule : verdict.rules()) {
      boolean never =
          choice
              .of(Targets.named(target, List.of()).description())
              .whyNever(rule.rule())
              .isPresent();
      if (rule.rule().severity() == Severity.MUST) {
        assertEquals(!never, rule.exercised() > 0, rule.toString());
        assertEquals(
            never ? RuleVerdict.Kind.SKIPPED : RuleVerdict.Kind.PASS, rule.kind(), rule.toString());
      }
    }
  }

  /** No rule is broken, and each that can be judged was exercised. */
  private static Verdict assertRight(
      String target, String modes, long seed, long sequences, int length) {
    ModeChoice choice = ModeChoice.ofWord(modes).orElseThrow();
    Verification run =
        Plans.run(Plans.of(Targets.named(target, List.of()), choice, seed, sequences, length));
    assertEquals(List.of(), run.failures());
    assertEquals(List.of(), run.crashes());
    assertEquals(sequences, run.sequences());
    assertEquals(sequences * length, run.operations());
    Verdict verdict = Verdict.of(run);
    assertEquals(Verdict.Kind.CONFORMS, verdict.kind(), verdict.reason());
    return verdict;
  }
}
