package io.vtlb.conformance.report;

import io.vtlb.conformance.expectation.Expectation;
import io.vtlb.conformance.expectation.FailureSignature;
import io.vtlb.conformance.run.Limits;
import io.vtlb.conformance.run.Misbehaviour;
import io.vtlb.conformance.trace.OperationFormat;
import io.vtlb.conformance.verify.Counterexample;
import io.vtlb.conformance.verify.DeclaredProfile;
import io.vtlb.conformance.verify.Findings;
import io.vtlb.conformance.verify.Flake;
import io.vtlb.conformance.verify.Reproducer;
import io.vtlb.conformance.verify.RuleVerdict;
import io.vtlb.conformance.verify.Verdict;
import io.vtlb.conformance.verify.Verification;
import io.vtlb.model.operation.Operation;
import io.vtlb.specs.cell.CellTable;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The outcome of {@code verify} as JSON; its keys are public. */
public final class VerificationJson {

  private VerificationJson() {}

  /** One document; the same for the same seed, target and version, but for {@code timings}. */
  public static ObjectNode of(
      Verification run, Verdict verdict, Findings findings, CellTable cells, long millis) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("verdict", verdict.kind().id());
    json.put("reason", verdict.reason());
    json.put("target", run.plan().target().name());
    json.put("level", run.plan().target().description().level().number());
    DeclaredProfile profile = DeclaredProfile.of(run.plan());
    json.set("profile", ProfileJson.of(profile));
    json.set("claims", ProfileJson.claims(verdict));
    json.put("statement", ProfileText.statement(profile, verdict));
    json.put("mode", run.plan().modes().word());
    json.put("seed", run.plan().seed());
    json.put("length", run.plan().length());
    json.put("generated", run.plan().scenarios().size());
    json.put("sequences", run.sequences());
    json.put("operations", run.operations());
    ArrayNode rules = json.putArray("rules");
    verdict.rules().forEach(rule -> rules.add(rule(rule)));
    json.set("coverage", CoverageJson.of(run, cells));
    ArrayNode examples = json.putArray("counterexamples");
    findings.counterexamples().forEach(one -> examples.add(counterexample(run, one)));
    ArrayNode expected = json.putArray("expected");
    run.expected().all().forEach((one, sequences) -> expected.add(expected(one, sequences)));
    ArrayNode crashes = json.putArray("crashes");
    findings.reproducers().forEach(one -> crashes.add(crash(run, one)));
    json.put("restarts", run.restarts());
    json.put("mostRestarts", run.plan().restarts());
    run.plan().target().limits().ifPresent(limits -> json.set("limits", limits(limits)));
    ArrayNode flakes = json.putArray("flaky");
    findings.flakes().forEach(one -> flakes.add(flake(run, one)));
    json.putObject("timings").put("millis", millis);
    return json;
  }

  private static ObjectNode rule(RuleVerdict rule) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("id", rule.rule().id());
    json.put("severity", rule.rule().severity().name());
    json.put("level", rule.rule().level().number());
    ArrayNode claims = json.putArray("claims");
    rule.rule().claims().forEach(claims::add);
    json.put("exercised", rule.exercised());
    json.put("judged", rule.judged());
    json.put("verdict", rule.kind().id());
    json.put("reason", rule.reason());
    return json;
  }

  private static ObjectNode expected(Expectation one, long sequences) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("rule", one.rule().id());
    json.put("signature", one.signature().orElse(null));
    json.put("link", one.link());
    json.put("sequences", sequences);
    return json;
  }

  private static ObjectNode counterexample(Verification run, Counterexample example) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("rule", example.violation().rule().id());
    json.put("signature", FailureSignature.of(example.failure().violation()));
    json.put("reason", example.violation().reason());
    json.put("sequence", example.failure().sequence());
    json.put("origin", run.plan().origin(example.failure().sequence()));
    json.set("operations", operations(example.trace().sequence().operations()));
    return json;
  }

  private static ObjectNode crash(Verification run, Reproducer reproducer) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    Misbehaviour misbehaviour = reproducer.crash().misbehaviour();
    json.put("family", misbehaviour.kind().family().id());
    json.put("kind", misbehaviour.kind().id());
    json.put("detail", misbehaviour.detail());
    json.put("reason", misbehaviour.told());
    json.put("lastWords", misbehaviour.lastWords());
    json.put("sequence", reproducer.crash().sequence());
    json.put("origin", run.plan().origin(reproducer.crash().sequence()));
    json.set("operations", operations(reproducer.trace().sequence().operations()));
    return json;
  }

  private static ObjectNode limits(Limits limits) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("startMillis", limits.start().toMillis());
    json.put("eventMillis", limits.event().toMillis());
    json.put("sequenceMillis", limits.sequence().toMillis());
    json.put("memoryBytes", limits.memoryBytes());
    json.put("lineBytes", limits.lineBytes());
    json.put("outputBytes", limits.outputBytes());
    return json;
  }

  private static ObjectNode flake(Verification run, Flake flake) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("what", flake.what());
    json.put("reason", flake.told());
    json.put("lastWords", flake.lastWords());
    json.put("sequence", flake.sequence());
    json.put("origin", run.plan().origin(flake.sequence()));
    json.put("again", flake.again());
    json.put("replays", flake.replays());
    return json;
  }

  private static ArrayNode operations(List<Operation> list) {
    ArrayNode json = JsonNodeFactory.instance.arrayNode();
    for (int i = 0; i < list.size(); i++) {
      json.add(OperationFormat.json(i + 1, list.get(i)));
    }
    return json;
  }
}
