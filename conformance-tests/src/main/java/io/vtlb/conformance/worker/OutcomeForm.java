package io.vtlb.conformance.worker;

import io.vtlb.conformance.cell.CellSet;
import io.vtlb.conformance.generate.Ingredient;
import io.vtlb.conformance.run.Misbehaviour;
import io.vtlb.conformance.run.RunOutcome;
import io.vtlb.conformance.trace.BadTrace;
import io.vtlb.conformance.trace.Fields;
import io.vtlb.conformance.trace.SharedForms;
import io.vtlb.conformance.verify.Played;
import io.vtlb.model.monitor.Tally;
import io.vtlb.model.monitor.Violation;
import io.vtlb.model.rule.Rule;
import io.vtlb.specs.cell.Cell;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** How a sequence ended, as a worker tells it. */
public final class OutcomeForm {

  private static final List<Rule> RULES = List.of(Rule.values());

  private OutcomeForm() {}

  /** The fields of an outcome. */
  public static ObjectNode of(Played played) {
    RunOutcome outcome = played.outcome();
    ObjectNode json = SharedForms.object();
    ArrayNode ingredients = json.putArray("ingredients");
    played.ingredients().forEach(one -> ingredients.add(one.word()));
    json.put("operations", outcome.operations());
    put(json.putArray("tally"), outcome.tally());
    ArrayNode cells = json.putArray("cells");
    outcome.cells().forEachNumber(cells::add);
    switch (outcome) {
      case RunOutcome.Conforms conforms -> {}
      case RunOutcome.Violated violated ->
          json.putObject("violation")
              .put("rule", violated.violation().rule().id())
              .put("reason", violated.violation().reason());
      case RunOutcome.Misbehaved misbehaved ->
          json.set("misbehaviour", of(misbehaved.misbehaviour()));
    }
    return json;
  }

  /** The fields of a failure; last words are the parent's to know. */
  public static ObjectNode of(Misbehaviour misbehaviour) {
    ObjectNode json = SharedForms.object();
    json.put("kind", misbehaviour.kind().name());
    json.put("detail", misbehaviour.detail());
    json.put("told", misbehaviour.told());
    return json;
  }

  /**
   * Three numbers for each rule that was looked at: which, how often judged, how often exercised.
   */
  private static void put(ArrayNode json, Tally tally) {
    for (int rule = 0; rule < RULES.size(); rule++) {
      if (!RULES.get(rule).isDerived() && tally.judged(RULES.get(rule)) > 0) {
        json.add(rule).add(tally.judged(RULES.get(rule))).add(tally.exercised(RULES.get(rule)));
      }
    }
  }

  static Played read(Fields json) throws BadTrace {
    Set<Ingredient> ingredients = EnumSet.noneOf(Ingredient.class);
    Fields words = json.elements("ingredients");
    for (String index : words.names()) {
      Ingredient.ofWord(words.text(index)).ifPresent(ingredients::add);
    }
    return new Played(ingredients, outcome(json));
  }

  private static RunOutcome outcome(Fields json) throws BadTrace {
    Tally tally = tally(json.elements("tally"));
    CellSet cells = new CellSet();
    Fields numbers = json.elements("cells");
    for (String index : numbers.names()) {
      cells.add(Cell.of(numbers.number(index, 0, Cell.COUNT - 1)));
    }
    int operations = json.number("operations", 0, Integer.MAX_VALUE);
    if (json.has("violation")) {
      return new RunOutcome.Violated(tally, cells, operations, violation(json.object("violation")));
    }
    return json.has("misbehaviour")
        ? new RunOutcome.Misbehaved(
            tally, cells, operations, misbehaviour(json.object("misbehaviour")))
        : new RunOutcome.Conforms(tally, cells, operations);
  }

  private static Tally tally(Fields numbers) throws BadTrace {
    Tally tally = new Tally();
    List<String> indices = numbers.names();
    for (int at = 0; at + 2 < indices.size(); at += 3) {
      Rule rule = RULES.get(numbers.number(indices.get(at), 0, RULES.size() - 1));
      tally.add(rule, count(numbers, indices.get(at + 1)), count(numbers, indices.get(at + 2)));
    }
    return tally;
  }

  private static long count(Fields numbers, String index) throws BadTrace {
    return numbers.number(index, 0, Long.MAX_VALUE);
  }

  private static Violation violation(Fields json) throws BadTrace {
    String rule = json.text("rule");
    return new Violation(
        Rule.byId(rule).orElseThrow(() -> json.bad("rule", "is unknown")), json.text("reason"));
  }

  /** What a worker says of its target's failure, in an outcome or alone. */
  static Misbehaviour misbehaviour(Fields json) throws BadTrace {
    String kind = json.text("kind");
    for (Misbehaviour.Kind one : Misbehaviour.Kind.values()) {
      if (one.name().equals(kind)) {
        return new Misbehaviour(one, json.text("detail"), json.text("told"));
      }
    }
    throw json.bad("kind", "is unknown");
  }
}
