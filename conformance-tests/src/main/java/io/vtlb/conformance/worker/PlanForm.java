package io.vtlb.conformance.worker;

import io.vtlb.conformance.generate.Ingredient;
import io.vtlb.conformance.generate.ModeChoice;
import io.vtlb.conformance.run.TargetSource;
import io.vtlb.conformance.trace.BadTrace;
import io.vtlb.conformance.trace.Fields;
import io.vtlb.conformance.trace.SharedForms;
import io.vtlb.conformance.verify.Strategy;
import io.vtlb.conformance.verify.VerificationPlan;
import io.vtlb.model.rule.Rule;
import io.vtlb.specs.generate.Scenario;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** As much of a plan as a worker needs to make its sequences and judge them. */
public final class PlanForm {

  private PlanForm() {}

  static ObjectNode of(VerificationPlan plan) {
    ObjectNode json = SharedForms.object();
    json.put("scenarios", plan.scenarios().size());
    json.put("seed", plan.seed());
    json.put("sequences", plan.sequences());
    json.put("length", plan.length());
    json.put("modes", plan.modes().word());
    ArrayNode ingredients = json.putArray("ingredients");
    plan.ingredients().forEach(one -> ingredients.add(one.word()));
    putRules(json, plan.rules());
    return json;
  }

  static void putRules(ObjectNode json, Collection<Rule> rules) {
    ArrayNode ids = json.putArray("rules");
    rules.forEach(rule -> ids.add(rule.id()));
  }

  /** The plan again, for the target that the worker has made. */
  public static VerificationPlan read(Fields json, TargetSource target) throws BadTrace {
    ModeChoice modes =
        ModeChoice.ofWord(json.text("modes")).orElseThrow(() -> json.bad("modes", "is unknown"));
    int number = json.number("scenarios", 0, Integer.MAX_VALUE);
    List<Scenario> scenarios =
        number == 0 ? List.of() : Strategy.SMT.scenarios(target.description(), modes);
    if (scenarios.size() != number) {
      throw json.bad("scenarios", "are other ones here: " + scenarios.size());
    }
    Set<Ingredient> ingredients = EnumSet.noneOf(Ingredient.class);
    Fields words = json.elements("ingredients");
    for (String index : words.names()) {
      Ingredient.ofWord(words.text(index)).ifPresent(ingredients::add);
    }
    return new VerificationPlan(
        target,
        scenarios,
        json.number("seed"),
        json.number("sequences"),
        Optional.empty(),
        json.number("length", 1, Integer.MAX_VALUE),
        modes,
        ingredients,
        rules(json),
        1,
        Integer.MAX_VALUE);
  }

  /** The rules to judge. */
  public static Set<Rule> rules(Fields json) throws BadTrace {
    Set<Rule> rules = EnumSet.noneOf(Rule.class);
    Fields ids = json.elements("rules");
    for (String index : ids.names()) {
      Rule.byId(ids.text(index)).ifPresent(rules::add);
    }
    return rules;
  }
}
