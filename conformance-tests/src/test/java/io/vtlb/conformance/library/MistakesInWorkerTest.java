package io.vtlb.conformance.library;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vtlb.conformance.generate.ModeChoice;
import io.vtlb.conformance.target.Targets;
import io.vtlb.conformance.verify.Counterexample;
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
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Mistakes of the example in C are found where libraries run for users: in a child process that
 * holds generator and monitor, and reduces what it finds.
 */
class MistakesInWorkerTest {

  private static final Path EXAMPLE = Path.of("examples", "c").toAbsolutePath();
  private static final long SEQUENCES = 200;

  @TempDir private static Path folder;

  /** The example with its switch thrown as it is loaded: no one else's environment is touched. */
  private static Path library(String mistake) throws IOException, InterruptedException {
    Path source =
        Files.writeString(
            folder.resolve(mistake + ".c"),
            """
            #define _POSIX_C_SOURCE 200112L
            #include "%s/tlb.c"

            __attribute__((constructor)) static void choose(void) {
                setenv("VTLB_EXAMPLE_FAULT", "%s", 1);
            }
            """
                .formatted(EXAMPLE, mistake));
    return CCompiler.library(source, folder.resolve(mistake + ".so"));
  }

  private static Verification run(Path library) {
    return Verifier.verify(
        new VerificationPlan(
            Targets.named("lib:" + library, List.of()),
            1,
            SEQUENCES,
            Optional.empty(),
            20,
            ModeChoice.TWO_LEVEL,
            VerificationPlan.everyRule(),
            1,
            1),
        Progress.NONE);
  }

  @ParameterizedTest
  @CsvSource({
    "clean-page-writable, DERIVE_3, 3",
    "device-frame-mapped, DEVICE_1, 2",
    "invlpg-ignored, TLB_1, 4",
    "processor-not-flushed, PROC_1, 3",
    "table-updates-not-logged, HOST_3, 3",
    "unmap-not-followed, HOST_1, 4",
  })
  void isFoundAndReduced(String mistake, Rule rule, int operations)
      throws IOException, InterruptedException {
    Verification run = run(library(mistake));
    assertEquals(List.of(), run.crashes());
    Findings findings = Findings.of(run);
    assertEquals(1, findings.counterexamples().size(), mistake + " is found");
    Counterexample found = findings.counterexamples().getFirst();
    assertEquals(rule, found.violation().rule());
    int reduced = found.trace().sequence().operations().size();
    assertTrue(reduced <= operations, () -> reduced + " operations");
    assertFalse(found.trace().steps().getLast().isEmpty(), "what happened there is retold");
  }
}
