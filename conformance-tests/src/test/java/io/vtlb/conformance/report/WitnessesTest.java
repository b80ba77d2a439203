package io.vtlb.conformance.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vtlb.model.rule.Rule;
import io.vtlb.specs.claim.Witnesses;
import java.io.IOException;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A rule without its witnesses fails the build. */
class WitnessesTest {

  private static final Witnesses WITNESSES = Witnesses.load();

  private static JsonNode data() throws IOException {
    return JsonMapper.shared()
        .readTree(SourceTree.read("specs/src/main/resources/io/vtlb/specs/claim/witnesses.json"));
  }

  static Set<String> tests() throws IOException {
    Set<String> tests = new HashSet<>();
    data().values().forEach(list -> list.forEach(test -> tests.add(test.asString())));
    return tests;
  }

  @ParameterizedTest
  @EnumSource
  void everyRuleIsChecked(Rule rule) {
    assertTrue(ClaimsReport.monitored(rule));
  }

  @ParameterizedTest
  @EnumSource
  void everyRuleHasATest(Rule rule) {
    assertFalse(WITNESSES.testsFor(rule).isEmpty());
  }

  @ParameterizedTest
  @EnumSource
  void everyRuleHasAFault(Rule rule) {
    assertFalse(ClaimsReport.faults(rule).isEmpty());
  }

  @Test
  void theDataIsAboutRulesThatExistAndAboutAllWithACheck() throws IOException {
    Set<Rule> listed = EnumSet.noneOf(Rule.class);
    for (Map.Entry<String, JsonNode> entry : data().properties()) {
      Optional<Rule> rule = Rule.byId(entry.getKey());
      assertTrue(rule.isPresent(), "no rule " + entry.getKey());
      assertTrue(listed.add(rule.get()), "twice: " + entry.getKey());
    }
    Set<Rule> checked = EnumSet.allOf(Rule.class);
    checked.removeIf(Rule::isDerived);
    assertEquals(checked, listed);
  }

  @ParameterizedTest
  @MethodSource("tests")
  void everyTestExists(String name) throws IOException {
    List<String> parts = List.of(name.split("#", -1));
    assertEquals(2, parts.size(), name);
    Optional<String> source = SourceTree.test(parts.getFirst());
    assertTrue(source.isPresent(), "no source of " + parts.getFirst());
    assertTrue(SourceTree.declares(source.get(), parts.getLast()), "no such method: " + name);
  }

  @Test
  void aCallOrAnotherNameIsNoDeclaration() {
    String source =
        """
        class Some {
          static void other() {
            called();
          }
        }
        """;
    assertTrue(SourceTree.declares(source, "other"));
    assertFalse(SourceTree.declares(source, "called"));
    assertFalse(SourceTree.declares(source, "othe"));
  }
}
