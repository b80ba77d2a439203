package io.vtlb.conformance.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vtlb.conformance.generate.ModeChoice;
import io.vtlb.conformance.run.Limits;
import io.vtlb.conformance.run.Misbehaviour;
import io.vtlb.conformance.run.Misbehaviour.Kind;
import io.vtlb.conformance.run.TargetSource;
import io.vtlb.conformance.smoke.Row;
import io.vtlb.conformance.smoke.Smoke;
import io.vtlb.conformance.smoke.Tried;
import io.vtlb.conformance.target.FailedTarget;
import io.vtlb.conformance.target.Targets;
import io.vtlb.conformance.verify.Findings;
import io.vtlb.conformance.verify.PlanHarness;
import io.vtlb.conformance.verify.Progress;
import io.vtlb.conformance.verify.Verdict;
import io.vtlb.conformance.verify.Verification;
import io.vtlb.conformance.verify.VerificationPlan;
import io.vtlb.conformance.verify.Verifier;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each way to ruin a process gets its verdict, and costs no more than the worker. */
class RuinousTargetsTest {

  private static final Path INCLUDE = Path.of("..", "include").toAbsolutePath().normalize();
  private static final Limits LIMITS =
      new Limits(
          Duration.ofSeconds(30),
          Duration.ofSeconds(2),
          Duration.ofSeconds(20),
          700L << 20,
          1 << 20,
          2L << 20);

  @TempDir private static Path folder;

  @AfterEach
  void nothingIsLeft() {
    assertTrue(
        ProcessHandle.current()
            .descendants()
            .noneMatch(process -> process.info().commandLine().orElse("").contains("child.Worker")),
        "a worker is left");
  }

  private static Misbehaviour misbehaviour(String target, Path classes) {
    TargetSource source = Targets.named(target, List.of(classes), LIMITS);
    Verification run =
        Verifier.verify(
            new VerificationPlan(
                    source,
                    1,
                    50,
                    Optional.empty(),
                    20,
                    ModeChoice.TWO_LEVEL,
                    VerificationPlan.everyRule(),
                    1,
                    25)
                .restarting(0),
            Progress.NONE);
    assertEquals(List.of(), run.failures());
    assertEquals(Verdict.Kind.INCONCLUSIVE, Verdict.of(run).kind());
    assertTrue(run.crashes().getFirst().operations() >= 1, "the operation is known");
    return run.crashes().getFirst().misbehaviour();
  }

  private static Misbehaviour inJava(String name) throws URISyntaxException {
    return misbehaviour("class:io.vtlb.conformance.worker.RuinousTargets$" + name, classes());
  }

  private static Path classes() throws URISyntaxException {
    return Path.of(
        RuinousTargetsTest.class.getProtectionDomain().getCodeSource().getLocation().toURI());
  }

  @ParameterizedTest
  @CsvSource({
    "Spinning, HANG_IN_EVENT, RuinousTargets$Spinning.handle",
    "Waiting, HANG_IN_EVENT, RuinousTargets$Waiting.handle",
    "Exiting, EXIT, exit code 7",
    "Halting, EXIT, exit code 9",
    "Hoarding, EXCEPTION, OutOfMemoryError",
    "Recursive, EXCEPTION, StackOverflowError",
    "Talking, OUTPUT_FLOOD, standard error",
    "Threading, EXCEPTION, there is a thread now",
  })
  void javaTargets(String name, Kind kind, String told) throws URISyntaxException {
    Misbehaviour misbehaviour = inJava(name);
    assertEquals(kind, misbehaviour.kind(), misbehaviour.told());
    assertTrue(misbehaviour.told().contains(told), misbehaviour.told());
  }

  @Test
  void aJavaTargetThatNeverSaysWhatItIs() throws URISyntaxException {
    Path classes = classes();
    Limits impatient =
        new Limits(
            Duration.ofSeconds(4),
            LIMITS.event(),
            LIMITS.sequence(),
            LIMITS.memoryBytes(),
            LIMITS.lineBytes(),
            LIMITS.outputBytes());
    String name = "class:io.vtlb.conformance.worker.RuinousTargets$Silent";
    FailedTarget failure =
        assertThrows(FailedTarget.class, () -> Targets.named(name, List.of(classes), impatient));
    assertTrue(
        String.valueOf(failure.getMessage()).contains("did not say what it is in 4 s"),
        failure.getMessage());
  }

  private static Path library(String way) throws IOException, InterruptedException {
    Path source = folder.resolve("ruinous.c");
    try (InputStream text = RuinousTargetsTest.class.getResourceAsStream("ruinous.c")) {
      Files.write(source, Objects.requireNonNull(text, "ruinous.c").readAllBytes());
    }
    boolean compiler =
        Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1))
            .anyMatch(place -> Files.isExecutable(Path.of(place, "cc")));
    assumeTrue(compiler, "there is no C compiler");
    Path library = folder.resolve(way + ".so");
    Process cc =
        new ProcessBuilder(
                "cc",
                "-shared",
                "-fPIC",
                "-D" + way,
                "-I" + INCLUDE,
                source.toString(),
                "-o",
                library.toString())
            .inheritIO()
            .start();
    assertTrue(cc.waitFor(1, TimeUnit.MINUTES) && cc.exitValue() == 0, "the library is built");
    return library;
  }

  @ParameterizedTest
  @CsvSource({
    "NULL_POINTER, SIGNAL, SIGSEGV in vtlb_handle",
    "WRITES_MEMORY, SIGNAL, SIGSEGV in vtlb_handle",
    "ABORTS, SIGNAL, SIGABRT",
    "EXITS, EXIT, exit code 3",
    "LOOPS, HANG_IN_EVENT, did not answer in 2 s",
    "SLEEPS, HANG_IN_EVENT, did not answer in 2 s",
    "TALKS, OUTPUT_FLOOD, standard error",
    "GROWS, MEMORY_GROWTH, 700 MiB",
  })
  void libraries(String way, Kind kind, String told) throws IOException, InterruptedException {
    Misbehaviour misbehaviour = misbehaviour("lib:" + library(way), folder);
    assertEquals(kind, misbehaviour.kind(), misbehaviour.told());
    assertTrue(misbehaviour.told().contains(told), misbehaviour.told());
    if (way.equals("ABORTS")) {
      assertEquals("shadow page count is negative", misbehaviour.lastWords());
    }
  }

  /** Even if the worker went with what it knew. */
  @ParameterizedTest
  @CsvSource({
    "DIES_IN_CREATE, vtlb_create, vtlb_create(instance",
    "DIES_IN_ENTRIES, vtlb_entries, 'vtlb_entries(instance, 0, 0, VTLB_SUPERVISOR'",
    "NULL_POINTER, vtlb_handle page-fault, '.kind = VTLB_PAGE_FAULT, .vm = 0'",
    "LOOPS, vtlb_handle page-fault, '.access = VTLB_LOAD, .set = VTLB_SUPERVISOR'",
  })
  void theFirstLookNamesTheCall(String way, String call, String sent)
      throws IOException, InterruptedException {
    assertFailsAt(Smoke.of("lib:" + library(way), List.of(), LIMITS, row -> {}), call, sent);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Spinning", "Exiting", "Recursive"})
  void theFirstLookNamesTheMethod(String name) throws URISyntaxException {
    assertFailsAt(
        Smoke.of(
            "class:io.vtlb.conformance.worker.RuinousTargets$" + name,
            List.of(classes()),
            LIMITS,
            row -> {}),
        "handle page-fault",
        "handle(page fault of vm0.cpu0: LOAD of 4 bytes at 0x400000");
  }

  private static void assertFailsAt(Tried tried, String call, String sent) {
    Row row = tried.firstFailure().orElseThrow();
    assertEquals(call, row.call());
    Row.Shortfall shortfall = row.shortfall().orElseThrow();
    assertEquals(call, shortfall.at());
    assertTrue(shortfall.said().getFirst().text().contains(sent), shortfall::toString);
    assertFalse(shortfall.example().isEmpty());
  }

  /** Each worker that goes counts once: else a part of a run would end before the run does. */
  @Test
  void itIsStartedAsOftenAsThePlanSays() throws IOException, InterruptedException {
    VerificationPlan plan =
        new VerificationPlan(
                Targets.named("lib:" + library("ABORTS"), List.of(), LIMITS),
                1,
                20,
                Optional.empty(),
                20,
                ModeChoice.TWO_LEVEL,
                VerificationPlan.everyRule(),
                1,
                25)
            .restarting(3);
    try (PlanHarness harness = (PlanHarness) plan.target().open()) {
      assertEquals(4, harness.play(plan, 0, 20).size());
    }
  }

  /** A crash is reduced in workers that are started again and again. */
  @Test
  void aCrashIsReduced() throws IOException, InterruptedException {
    TargetSource source = Targets.named("lib:" + library("NULL_POINTER"), List.of(), LIMITS);
    VerificationPlan plan =
        new VerificationPlan(
                source,
                1,
                3,
                Optional.empty(),
                4,
                ModeChoice.TWO_LEVEL,
                VerificationPlan.everyRule(),
                1,
                25)
            .restarting(0);
    Findings findings = Findings.of(Verifier.verify(plan, Progress.NONE));
    assertEquals(1, findings.reproducers().size());
    assertEquals(1, findings.reproducers().getFirst().trace().sequence().operations().size());
  }
}
