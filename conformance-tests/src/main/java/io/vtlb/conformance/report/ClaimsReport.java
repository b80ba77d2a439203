package io.vtlb.conformance.report;

import io.vtlb.conformance.fault.Fault;
import io.vtlb.conformance.fault.FaultLibrary;
import io.vtlb.model.monitor.Monitor;
import io.vtlb.model.rule.Rule;
import io.vtlb.specs.claim.Claim;
import io.vtlb.specs.claim.Claims;
import io.vtlb.specs.claim.Witnesses;
import io.vtlb.specs.smt.Specification;
import io.vtlb.specs.smt.Theorem;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The way from each claim to its rules and their witnesses, as text and as JSON. */
public final class ClaimsReport {

  private ClaimsReport() {}

  /** Each claim with its rules, then each rule with its witnesses. */
  public static String text() {
    Table claims = new Table("rll");
    claims.row("claim", "rules", "asks");
    for (Claim claim : Claims.all()) {
      claims.row(
          claim.number(),
          claim.rules().stream().map(Rule::id).collect(Collectors.joining(" ")),
          claim.asks());
    }
    Witnesses witnesses = Witnesses.load();
    Specification specification = Specification.load();
    Table rules = new Table("llrrll");
    rules.row("rule", "monitor", "tests", "theorems", "faults", "statement");
    for (Rule rule : Rule.values()) {
      rules.row(
          rule.id(),
          monitored(rule) ? "yes" : "no",
          witnesses.testsFor(rule).size(),
          theorems(rule, specification).size(),
          faults(rule).size(),
          rule.statement());
    }
    return claims + "\n" + rules;
  }

  /** An array, one claim an object; its keys are public. */
  public static ArrayNode json() {
    Witnesses witnesses = Witnesses.load();
    Specification specification = Specification.load();
    ArrayNode json = JsonNodeFactory.instance.arrayNode();
    for (Claim claim : Claims.all()) {
      ObjectNode one = json.addObject();
      one.put("claim", claim.number());
      one.put("asks", claim.asks());
      ArrayNode rules = one.putArray("rules");
      claim.rules().forEach(rule -> rules.add(rule(rule, witnesses, specification)));
    }
    return json;
  }

  private static ObjectNode rule(Rule rule, Witnesses witnesses, Specification specification) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("id", rule.id());
    json.put("statement", rule.statement());
    json.put("monitor", monitored(rule));
    json.put("tests", witnesses.testsFor(rule).size());
    ArrayNode theorems = json.putArray("theorems");
    theorems(rule, specification).forEach(theorems::add);
    ArrayNode faults = json.putArray("faults");
    faults(rule).forEach(faults::add);
    return json;
  }

  /** True if the monitor checks a rule, or all that it follows from. */
  public static boolean monitored(Rule rule) {
    return rule.isDerived()
        ? rule.derivedFrom().stream().allMatch(Monitor::checks)
        : Monitor.checks(rule);
  }

  private static List<String> theorems(Rule rule, Specification specification) {
    return specification.theorems().stream()
        .filter(theorem -> theorem.rule() == rule)
        .map(Theorem::name)
        .toList();
  }

  /** The names of the faults blamed on a rule, or on those that it follows from. */
  public static List<String> faults(Rule rule) {
    return FaultLibrary.all().stream()
        .filter(fault -> fault.blamed() == rule || rule.derivedFrom().contains(fault.blamed()))
        .map(Fault::name)
        .toList();
  }
}
