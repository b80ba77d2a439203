package io.vtlb.conformance.library;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vtlb.conformance.generate.ModeChoice;
import io.vtlb.conformance.run.Limits;
import io.vtlb.conformance.run.TargetSource;
import io.vtlb.conformance.smoke.Smoke;
import io.vtlb.conformance.target.Targets;
import io.vtlb.conformance.verify.Progress;
import io.vtlb.conformance.verify.Verdict;
import io.vtlb.conformance.verify.Verification;
import io.vtlb.conformance.verify.VerificationPlan;
import io.vtlb.conformance.verify.Verifier;
import io.vtlb.model.target.Description;
import io.vtlb.model.target.Feature;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The examples in C and Rust, built and tested as targets: as programs, and as a library. */
class ExampleProgramsTest {

  private static final Path C = Path.of("examples", "c");
  private static final long SEQUENCES = 400;

  @TempDir private static Path folder;
  private static Path program;

  @BeforeAll
  static void build() throws IOException, InterruptedException {
    program = folder.resolve("tlb");
    CCompiler.run(
        "cc",
        List.of(
            "-std=c11",
            "-O2",
            "-I" + CCompiler.INCLUDE,
            C.resolve("jsonlines.c").toString(),
            C.resolve("tlb.c").toString(),
            "-o",
            program.toString()));
  }

  private static Verification run(String target, long sequences) {
    TargetSource source = Targets.named(target, List.of());
    return Verifier.verify(
        new VerificationPlan(
            source,
            1,
            sequences,
            Optional.empty(),
            40,
            ModeChoice.MIXED,
            VerificationPlan.everyRule(),
            2,
            1),
        Progress.NONE);
  }

  /** What the target says about itself. */
  private static Description assertConforms(String target) {
    Verification run = run(target, SEQUENCES);
    Verdict verdict = Verdict.of(run);
    assertEquals(List.of(), run.failures());
    assertEquals(List.of(), run.crashes());
    assertEquals(SEQUENCES, run.sequences());
    assertFalse(verdict.kind() == Verdict.Kind.FAILS, verdict.reason());
    assertEquals(
        Optional.empty(), Smoke.of(target, List.of(), Limits.USUAL, row -> {}).firstFailure());
    Description description = run.plan().target().description();
    assertEquals(3, description.level().number());
    return description;
  }

  @Test
  void theProgramInCConforms() {
    assertConforms("exec:'" + program + "'");
  }

  /** In a worker, as for anyone's library. */
  @Test
  void theLibraryInCConforms() throws IOException, InterruptedException {
    Path library = CCompiler.library(C.resolve("tlb.c"), folder.resolve("libworker.so"));
    assertConforms("lib:" + library);
  }

  /** Others act between two of its reads, which are calls of the kit. */
  @Test
  void theLibraryInCConformsWithInterleaving() throws IOException, InterruptedException {
    Path library =
        CCompiler.library(C.resolve("tlb.c"), folder.resolve("libinterleaving.so"), "INTERLEAVING");
    assertTrue(assertConforms("lib:" + library).has(Feature.INTERLEAVING));
  }

  @Test
  void theProgramInRustConforms() throws IOException, InterruptedException {
    Path rust = folder.resolve("tlb-rust");
    CCompiler.run(
        "rustc",
        List.of("-O", "--edition", "2021", "examples/rust/src/main.rs", "-o", rust.toString()));
    assertConforms("exec:'" + rust + "'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "invlpg-ignored",
        "root-load-keeps-entries",
        "processor-not-flushed",
        "clean-page-writable",
        "device-frame-mapped",
        "table-updates-not-logged"
      })
  void mistakesInCAreFound(String mistake) {
    Verification run = run("exec:env VTLB_EXAMPLE_FAULT=" + mistake + " '" + program + "'", 3_000);
    assertTrue(run.failures().size() >= 1, mistake);
  }
}
