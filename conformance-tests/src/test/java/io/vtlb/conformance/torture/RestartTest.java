package io.vtlb.conformance.torture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vtlb.conformance.report.VerificationJson;
import io.vtlb.conformance.report.VerificationText;
import io.vtlb.conformance.run.Limits;
import io.vtlb.conformance.run.Misbehaviour;
import io.vtlb.conformance.run.TargetSource;
import io.vtlb.conformance.target.Targets;
import io.vtlb.conformance.verify.Findings;
import io.vtlb.conformance.verify.Progress;
import io.vtlb.conformance.verify.Reproducer;
import io.vtlb.conformance.verify.Verdict;
import io.vtlb.conformance.verify.Verification;
import io.vtlb.conformance.verify.Verifier;
import io.vtlb.model.operation.GuestOperation;
import io.vtlb.specs.generate.ShippedScenarios;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** A target that fails is started again so often, and what it failed in is reduced. */
class RestartTest {

  private static Verification run(String deed, int restarts) {
    TargetSource source =
        Targets.named(TortureProgram.option(ShellTarget.atEvents(deed)), List.of(), Limits.USUAL);
    return Verifier.verify(Ordeal.plan(source, 8).restarting(restarts), Progress.NONE);
  }

  @Test
  void theRunGoesOnUntilTheTargetHasFailedOnceMore() {
    Verification run = run("exit 7", 2);
    assertEquals(3, run.crashes().size());
    assertEquals(3, run.sequences());
    assertEquals(2, run.restarts());
    assertTrue(run.endedByCrashes());
    Verdict verdict = Verdict.of(run);
    assertEquals(3, verdict.kind().exitCode());
    assertTrue(
        verdict.reason().endsWith("; it failed in 3 sequences, and the run was ended"),
        verdict.reason());
  }

  @Test
  void aRunWithEnoughRestartsComesToItsEnd() {
    Verification run = run("exit 7", 8);
    assertEquals(8, run.sequences());
    assertEquals(8, run.crashes().size());
    assertEquals(7, run.restarts());
  }

  @Test
  void theSequenceIsReducedAndToldWithTheLastWords() {
    Verification run = run("echo no such page >&2; kill -SEGV $$", 0);
    Findings findings = Findings.of(run);
    Reproducer found = findings.reproducers().getFirst();
    assertEquals(1, found.trace().sequence().operations().size());
    assertTrue(found.trace().sequence().operations().getFirst() instanceof GuestOperation);
    Misbehaviour misbehaviour = found.crash().misbehaviour();
    assertEquals(Misbehaviour.Kind.SIGNAL, misbehaviour.kind());
    assertEquals("SIGSEGV", misbehaviour.detail());
    assertEquals("no such page", misbehaviour.lastWords());

    String text = VerificationText.of(run, Verdict.of(run), findings, ShippedScenarios.table());
    assertTrue(
        text.contains("\ncrash: the target was ended by SIGSEGV\n  stderr:  no such page\n"), text);
    assertTrue(text.contains(", reduced to 1 operations\n"), text);
    assertTrue(
        text.contains(
            "\n"
                + "the target was started again 0 times (at most 0); limits: start 20 s, each"
                + " answer 5 s,"),
        text);
  }

  @Test
  void jsonSaysTheSame() {
    Verification run = run("echo {; exit", 1);
    ObjectNode json =
        VerificationJson.of(run, Verdict.of(run), Findings.of(run), ShippedScenarios.table(), 0);
    assertEquals("inconclusive", json.required("verdict").asString());
    assertEquals(1, json.required("restarts").asInt());
    assertEquals(1, json.required("mostRestarts").asInt());
    assertEquals(5000, json.required("limits").required("eventMillis").asInt());
    assertEquals(1, json.required("crashes").size());
    assertEquals("protocol-error", json.at("/crashes/0/family").asString());
    assertEquals("invalid-json", json.at("/crashes/0/kind").asString());
    assertEquals(1, json.at("/crashes/0/operations").size());
  }
}
