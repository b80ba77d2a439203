package io.vtlb.conformance.torture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vtlb.conformance.report.VerificationText;
import io.vtlb.conformance.run.Limits;
import io.vtlb.conformance.run.TargetSource;
import io.vtlb.conformance.target.Targets;
import io.vtlb.conformance.verify.Findings;
import io.vtlb.conformance.verify.Flake;
import io.vtlb.conformance.verify.Progress;
import io.vtlb.conformance.verify.Verdict;
import io.vtlb.conformance.verify.Verification;
import io.vtlb.conformance.verify.Verifier;
import io.vtlb.specs.generate.ShippedScenarios;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What does not happen again with the same sequence is told as such, with how often it does. */
class FlakyTargetTest {

  @TempDir private Path folder;

  private Verification run(Way way, int sequences) {
    String id = "torture-" + way + "-" + ProcessHandle.current().pid();
    List<String> command = TortureProgram.command(way, id, folder.resolve("count").toString());
    TargetSource source = Targets.named(TortureProgram.option(command), List.of(), Limits.USUAL);
    return Verifier.verify(Ordeal.plan(source, sequences), Progress.NONE);
  }

  private static Flake only(Findings findings) {
    assertEquals(List.of(), findings.counterexamples());
    assertEquals(List.of(), findings.reproducers());
    assertEquals(1, findings.flakes().size());
    return findings.flakes().getFirst();
  }

  private static void assertTold(Verification run, Findings findings, String told) {
    String text = VerificationText.of(run, Verdict.of(run), findings, ShippedScenarios.table());
    assertTrue(text.contains(told), text);
  }

  /** The run is sequence 1 of the file, the first replay 2, and 5 and 9 are among ten more. */
  @Test
  void anEndThatDoesNotComeAgain() {
    Verification run = run(Way.SOMETIMES_EXITS, 20);
    Findings findings = Findings.of(run);
    Flake flake = only(findings);
    assertEquals("exit", flake.what());
    assertEquals("the target ended itself with exit code 5", flake.told());
    assertTrue(flake.lastWords().contains("that is enough"), flake.lastWords());
    assertTold(run, findings, "\n  stderr:  that is enough\n");
    assertEquals(2, flake.again());
    assertEquals(10, flake.replays());
    assertEquals(Verdict.Kind.INCONCLUSIVE, Verdict.of(run).kind());
    assertTold(run, findings, "\nflaky: exit: the target ended itself with exit code 5\n");
    assertTold(run, findings, "again:   in 2 of 10 replays of the same sequence");
  }

  /** Sequences 1, 5, 9, 13 and 17 break a rule; 19 is the first replay, 20 to 29 are ten more. */
  @Test
  void aBrokenRuleThatIsNotBrokenAgain() {
    Verification run = run(Way.SOMETIMES_WRONG, 18);
    assertEquals(5, run.failures().size());
    Findings findings = Findings.of(run);
    Flake flake = only(findings);
    String rule = run.failures().getFirst().violation().rule().id();
    assertEquals(rule, flake.what());
    assertEquals(3, flake.again());
    assertEquals(Verdict.Kind.FAILS, Verdict.of(run).kind());
    assertTold(run, findings, "\nflaky: " + rule + ": ");
    assertTold(run, findings, "again:   in 3 of 10 replays of the same sequence");
  }
}
