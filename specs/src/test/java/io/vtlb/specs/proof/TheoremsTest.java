package io.vtlb.specs.proof;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.vtlb.specs.smt.Specification;
import io.vtlb.specs.smt.Theorem;
import io.vtlb.specs.smt.Twin;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every theorem holds, and notices each mistake that is made for it. */
class TheoremsTest {

  private static final Specification SPECIFICATION = Specification.load();
  static final List<Theorem> THEOREMS = SPECIFICATION.theorems();

  private final Prover prover = new Prover(120_000);

  static Stream<Arguments> mistakes() {
    List<Arguments> pairs = new ArrayList<>();
    for (Theorem theorem : THEOREMS) {
      SPECIFICATION.twinsOf(theorem).forEach(twin -> pairs.add(Arguments.of(theorem, twin)));
    }
    return pairs.stream();
  }

  @ParameterizedTest
  @FieldSource("THEOREMS")
  void aTheoremHolds(Theorem theorem) {
    assertInstanceOf(
        Verdict.Proved.class,
        prover.prove(SPECIFICATION.problem(theorem)).verdict(),
        theorem.name());
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void aMistakeIsNoticed(Theorem theorem, Twin twin) {
    Verdict verdict = prover.prove(SPECIFICATION.problem(theorem, twin)).verdict();
    Verdict.Refuted refuted =
        assertInstanceOf(Verdict.Refuted.class, verdict, theorem.name() + " with " + twin.name());
    assertFalse(
        refuted.values().getFirst().startsWith("vacuous"), theorem.name() + ", " + twin.name());
  }

  @Test
  void everyTheoremHasATwin() {
    for (Theorem theorem : THEOREMS) {
      assertFalse(SPECIFICATION.twinsOf(theorem).isEmpty(), theorem.name());
    }
  }
}
