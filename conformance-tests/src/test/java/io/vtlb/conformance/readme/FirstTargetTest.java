package io.vtlb.conformance.readme;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vtlb.conformance.generate.ModeChoice;
import io.vtlb.conformance.run.TargetSource;
import io.vtlb.conformance.target.Targets;
import io.vtlb.conformance.verify.Failure;
import io.vtlb.conformance.verify.Findings;
import io.vtlb.conformance.verify.Progress;
import io.vtlb.conformance.verify.Verification;
import io.vtlb.conformance.verify.VerificationPlan;
import io.vtlb.conformance.verify.Verifier;
import io.vtlb.model.rule.Rule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first thing that the README invites a reader to try works as it says. */
class FirstTargetTest {

  private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
  private static final Path EXAMPLE = ROOT.resolve("docs/examples/IdentityTlb.java");

  @Test
  void theReadmeShowsTheFile() throws IOException {
    String readme = Files.readString(ROOT.resolve("README.md"));
    assertTrue(readme.contains(Files.readString(EXAMPLE).strip()));
  }

  @Test
  void itIsBlamedForTheWrongFrame(@TempDir Path classes) throws Exception {
    compile(classes);
    TargetSource source = Targets.named("class:IdentityTlb", List.of(classes));
    VerificationPlan plan =
        new VerificationPlan(
            source,
            1,
            100,
            Optional.empty(),
            40,
            ModeChoice.MIXED,
            VerificationPlan.everyRule(),
            1,
            VerificationPlan.USUAL_FAILURES);
    Verification run = Verifier.verify(plan, Progress.NONE);
    Failure first = run.firstOfEachRule().getFirst();
    assertEquals(Rule.DERIVE_1, first.violation().rule());
    assertEquals(
        1, Findings.of(run).counterexamples().getFirst().trace().sequence().operations().size());
  }

  private static void compile(Path classes) throws Exception {
    Path model = Path.of(Rule.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    String compiler = Path.of(System.getProperty("java.home"), "bin", "javac").toString();
    Process javac =
        new ProcessBuilder(
                compiler, "-cp", model.toString(), "-d", classes.toString(), EXAMPLE.toString())
            .inheritIO()
            .start();
    assertEquals(0, javac.waitFor());
  }
}
