package io.vtlb.model.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The registry of rules is complete and well formed. */
class RuleTest {

  private static final int CLAIMS = 30;
  private static final int RULES = 37;

  @Test
  void thereAreAsManyAsTheDesignSays() {
    assertEquals(RULES, Rule.values().length);
  }

  @Test
  void everyRowOfTheTableOfInvalidationsIsAPartOfThePromise() {
    for (Rule rule : Rule.values()) {
      if (rule.id().startsWith("TLB-")) {
        assertTrue(Rule.PERIODIC_1.derivedFrom().contains(rule), rule.id());
      }
    }
  }

  @Test
  void idsAreUnique() {
    Set<String> ids = Stream.of(Rule.values()).map(Rule::id).collect(Collectors.toSet());
    assertEquals(Rule.values().length, ids.size());
  }

  @Test
  void everyClaimHasARule() {
    Set<Integer> covered = new TreeSet<>();
    for (Rule rule : Rule.values()) {
      covered.addAll(rule.claims());
    }
    assertEquals(IntStream.rangeClosed(1, CLAIMS).boxed().collect(Collectors.toSet()), covered);
  }

  @ParameterizedTest
  @EnumSource
  void claimsAreAscendingWithoutRepetition(Rule rule) {
    assertFalse(rule.claims().isEmpty());
    assertEquals(List.copyOf(new TreeSet<>(rule.claims())), rule.claims());
  }

  @ParameterizedTest
  @EnumSource
  void theNameIsTheId(Rule rule) {
    assertEquals(rule.name().replace('_', '-'), rule.id());
    assertEquals(Optional.of(rule), Rule.byId(rule.id()));
    assertEquals(rule.id(), rule.toString());
  }

  @ParameterizedTest
  @EnumSource
  void textsAreSentences(Rule rule) {
    assertTrue(rule.statement().matches("[A-Z].*\\."), rule.statement());
    assertTrue(rule.intent().matches("[A-Z].*\\."), rule.intent());
    assertTrue(rule.ifThisFails().matches("[a-z].*[^.]"), rule.ifThisFails());
    assertTrue(rule.section().matches("-|SDM vol\\. 3, .+"), rule.section());
  }

  @Test
  void textsAreEachRulesOwn() {
    Set<String> statements = new HashSet<>();
    for (Rule rule : Rule.values()) {
      assertTrue(statements.add(rule.statement()), rule.statement());
      assertTrue(statements.add(rule.intent()), rule.intent());
    }
  }

  @Test
  void onlyOneRuleIsDerivedAndItFollowsFromRulesThatAreNot() {
    for (Rule rule : Rule.values()) {
      assertEquals(rule.equals(Rule.PERIODIC_1), rule.isDerived());
    }
    assertTrue(Rule.PERIODIC_1.derivedFrom().stream().noneMatch(Rule::isDerived));
  }

  @Test
  void anUnknownIdHasNoRule() {
    assertEquals(Optional.empty(), Rule.byId("TLB-99"));
  }

  @Test
  void testsRunOnTheModulePath() {
    assertTrue(Rule.class.getModule().isNamed());
    assertEquals("io.vtlb.model", Rule.class.getModule().getName());
  }
}
