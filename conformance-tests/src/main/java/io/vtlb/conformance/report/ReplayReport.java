package io.vtlb.conformance.report;

import io.vtlb.conformance.run.RunOutcome;
import io.vtlb.conformance.trace.RecordedTrace;
import io.vtlb.conformance.trace.RecordedVerdict;
import io.vtlb.conformance.verify.Recording;
import io.vtlb.model.rule.Rule;
import java.util.Optional;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What came of running a trace again.
 *
 * @param target the name of the target that ran it
 * @param recorded the trace as it was read
 * @param again the run of now
 */
public record ReplayReport(String target, RecordedTrace recorded, Recording again) {

  /** The steps and the verdict. */
  public String text() {
    return CounterexampleText.steps(again.trace())
        + "\n"
        + verdictText()
        + "\n"
        + comparison()
        + "\n";
  }

  private String verdictText() {
    return switch (again.outcome()) {
      case RunOutcome.Conforms conforms -> target + ": every step is right";
      case RunOutcome.Violated violated -> {
        Rule rule = violated.violation().rule();
        yield "%s: %s is broken at operation %d%n  asked:   %s%n  found:   %s%n  look at: %s"
            .formatted(
                target,
                rule,
                violated.operations(),
                rule.statement(),
                violated.violation().reason(),
                rule.ifThisFails());
      }
      case RunOutcome.Misbehaved misbehaved ->
          "%s: %s: %s at operation %d"
              .formatted(
                  target,
                  misbehaved.misbehaviour().kind().family().id(),
                  misbehaved.misbehaviour().told(),
                  misbehaved.operations());
    };
  }

  /** How the verdict of now stands to the recorded one. */
  private String comparison() {
    if (recorded.verdict().isEmpty()) {
      return "the trace has no recorded verdict";
    }
    RecordedVerdict before = recorded.verdict().get();
    return reproduced()
        ? "reproduced: the recorded verdict comes out again"
        : "not reproduced: recorded with target %s was %s at operation %d"
            .formatted(
                before.target(), before.rule().orElse(words(before.outcome())), before.step());
  }

  private static String words(RecordedVerdict.Outcome outcome) {
    return switch (outcome) {
      case CONFORMS -> "no violation";
      case VIOLATION -> "a violation";
      case CRASH -> "a crash";
    };
  }

  private boolean reproduced() {
    return recorded.verdict().isPresent()
        && again.trace().verdict().isPresent()
        && recorded.verdict().get().outcome() == again.trace().verdict().get().outcome()
        && recorded.verdict().get().rule().equals(again.trace().verdict().get().rule())
        && recorded.verdict().get().step() == again.trace().verdict().get().step();
  }

  /** The same as JSON; its keys are public. */
  public ObjectNode json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("target", target);
    json.put("operations", recorded.sequence().operations().size());
    json.put("verdict", verdict());
    Optional<RecordedVerdict> now = again.trace().verdict();
    json.put("rule", now.flatMap(RecordedVerdict::rule).orElse(null));
    json.put("step", now.map(RecordedVerdict::step).orElse(0));
    json.put("reason", now.map(RecordedVerdict::reason).orElse(""));
    json.put("recordedRule", recorded.verdict().flatMap(RecordedVerdict::rule).orElse(null));
    json.put("reproduced", reproduced());
    return json;
  }

  private String verdict() {
    return switch (again.outcome()) {
      case RunOutcome.Conforms conforms -> "conforms";
      case RunOutcome.Violated violated -> "fails";
      case RunOutcome.Misbehaved misbehaved ->
          misbehaved.misbehaviour().isFalseDeclaration() ? "fails" : "inconclusive";
    };
  }

  /** 0 if every step is right, 1 if a rule is broken, 3 if the target failed. */
  public int exitCode() {
    return switch (again.outcome()) {
      case RunOutcome.Conforms conforms -> 0;
      case RunOutcome.Violated violated -> 1;
      case RunOutcome.Misbehaved misbehaved ->
          misbehaved.misbehaviour().isFalseDeclaration() ? 1 : 3;
    };
  }
}
