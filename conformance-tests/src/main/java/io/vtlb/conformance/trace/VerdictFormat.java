package io.vtlb.conformance.trace;

import io.vtlb.conformance.trace.RecordedVerdict.Outcome;
import io.vtlb.model.target.ObservationLevel;
import java.util.Arrays;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** The record {@code verdict}, the last line of a trace that has been judged. */
final class VerdictFormat {

  private VerdictFormat() {}

  static ObjectNode json(RecordedVerdict verdict) {
    ObjectNode json = Json.object();
    json.put("record", "verdict");
    json.put("target", verdict.target());
    json.put("level", verdict.level().number());
    json.put("outcome", Words.of(verdict.outcome()));
    json.put("rule", verdict.rule().orElse(null));
    json.put("step", verdict.step());
    json.put("reason", verdict.reason());
    return json;
  }

  /**
   * Reads a verdict.
   *
   * @param operations how many operations stand before it
   */
  static RecordedVerdict read(Fields fields, int operations) throws BadTrace {
    fields.only("a verdict", "record", "target", "level", "outcome", "rule", "step", "reason");
    Optional<String> rule = fields.isNull("rule") ? Optional.empty() : Optional.of(rule(fields));
    Outcome outcome = fields.word("outcome", Outcome.class);
    if (rule.isPresent() != (outcome == Outcome.VIOLATION)) {
      throw fields.bad(
          "rule", "a violation names the rule that is broken; any other outcome has null");
    }
    return new RecordedVerdict(
        fields.text("target"),
        level(fields.number("level", 1, 3)),
        outcome,
        rule,
        fields.number("step", 0, operations),
        fields.text("reason"));
  }

  private static ObservationLevel level(int number) {
    return Arrays.stream(ObservationLevel.values())
        .filter(level -> level.number() == number)
        .findFirst()
        .orElseThrow();
  }

  private static String rule(Fields fields) throws BadTrace {
    String rule = fields.text("rule");
    if (!RecordedVerdict.RULE.matcher(rule).matches()) {
      throw fields.bad("rule", Json.shown(rule) + " is not a rule's name such as TLB-1, or null");
    }
    return rule;
  }
}
