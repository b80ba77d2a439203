package io.vtlb.specs.smt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vtlb.model.rule.Rule;
import io.vtlb.specs.claim.Claim;
import io.vtlb.specs.claim.Claims;
import io.vtlb.specs.claim.Gaps;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Files are composed as their headings say, and whatever is wrong with one is said in one line. */
class SpecificationTest {

  private static final Map<String, String> SMALL =
      Map.of(
          "definitions/one.smt2", ";; One.\n(define-fun one () Bool true)\n",
          "definitions/two.smt2", ";; Two.\n;; Needs: one\n(define-fun two () Bool one)\n",
          "theorems/INIT-1.smt2",
              ";; INIT-1: it is so.\n;; Needs: two\n(check-sat)\n(assert (not two))\n(check-sat)\n",
          "twins/not-one.smt2",
              ";; It is not.\n;; Twin of: one, refutes: INIT-1\n(define-fun one () Bool false)\n");

  private static MalformedSpecification wrong(String path, String text) {
    Map<String, String> files = new HashMap<>(SMALL);
    files.put(path, text);
    return assertThrows(
        MalformedSpecification.class,
        () -> {
          Specification read = Specification.of(files);
          for (Theorem theorem : read.theorems()) {
            read.twinsOf(theorem).forEach(twin -> read.problem(theorem, twin));
          }
        });
  }

  @Test
  void whatIsNeededComesFirst() {
    Specification read = Specification.of(SMALL);
    Theorem theorem = read.theorems().getFirst();
    assertEquals("INIT-1: it is so.", theorem.says());
    String file = read.problem(theorem).file();
    assertTrue(file.indexOf("fun one") < file.indexOf("fun two"), file);
    assertTrue(file.endsWith("(check-sat)\n(assert (not two))\n(check-sat)\n"), file);
  }

  @Test
  void aTwinChangesOneFunction() {
    Specification read = Specification.of(SMALL);
    String file = read.problem(read.theorems().getFirst(), read.twins().getFirst()).file();
    assertTrue(file.contains("(define-fun one () Bool false)"), file);
    assertTrue(file.contains("(define-fun two () Bool one)"), file);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "definitions/one.smt2 | (define-fun one () Bool true | one: a '(' is not closed",
        "definitions/one.smt2 | true) | one: a ')' closes nothing",
        "definitions/one.smt2 | ;; Needs: two | definitions need each other: [one, two]",
        "definitions/two.smt2 | ;; Needs: three | two needs 'three', which there is not",
        "theorems/SMALL-1.smt2 | (check-sat) | SMALL-1: is named after no rule",
        "twins/a.smt2 | (define-fun one () Bool false) "
            + "| a: no line ';; Twin of: FILE, refutes: THEOREM'",
      })
  void aMistakeIsSaidInOneLine(String path, String text, String message) {
    assertEquals(message, wrong(path, text).getMessage());
  }

  @Test
  void aTheoremWithoutTwoQuestionsIsNone() {
    assertTrue(
        wrong("theorems/INIT-1.smt2", "(assert true)\n(check-sat)\n")
            .getMessage()
            .startsWith("INIT-1: a theorem has two (check-sat)"));
  }

  @Test
  void aTwinOfNothingIsNone() {
    assertTrue(
        wrong("twins/a.smt2", ";; Twin of: one, refutes: INIT-1\n(define-fun no () Bool true)\n")
            .getMessage()
            .endsWith("one defines 'no' 0 times, not once"));
    assertEquals(
        "a: refutes 'FULL-1', which there is not",
        wrong("twins/a.smt2", ";; Twin of: one, refutes: FULL-1\n(define-fun one () Bool true)\n")
            .getMessage());
  }

  @ParameterizedTest
  @EnumSource
  void everyRuleHasATheoremOrAReason(Rule rule) {
    assertTrue(proved().contains(rule) || Gaps.load().of(rule).isPresent(), rule.id());
  }

  @Test
  void everyClaimHasATheorem() {
    for (Claim claim : Claims.all()) {
      assertTrue(claim.rules().stream().anyMatch(proved()::contains), "claim " + claim.number());
    }
  }

  @Test
  void aHeadingNamesClaimsAsTheRulesDo() {
    List<Theorem> theorems = Specification.load().theorems();
    assertTrue(theorems.size() > Rule.values().length);
    theorems.forEach(
        theorem -> assertTrue(theorem.says().startsWith(theorem.rule().id()), theorem.name()));
  }

  private static Set<Rule> proved() {
    return Specification.load().theorems().stream().map(Theorem::rule).collect(Collectors.toSet());
  }
}
