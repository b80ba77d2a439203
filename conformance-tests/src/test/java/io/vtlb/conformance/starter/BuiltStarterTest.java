package io.vtlb.conformance.starter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vtlb.conformance.generate.ModeChoice;
import io.vtlb.conformance.junit.Conformance;
import io.vtlb.conformance.run.Limits;
import io.vtlb.conformance.run.TargetSource;
import io.vtlb.conformance.smoke.Row;
import io.vtlb.conformance.smoke.Smoke;
import io.vtlb.conformance.smoke.Tried;
import io.vtlb.conformance.target.Targets;
import io.vtlb.conformance.verify.Progress;
import io.vtlb.conformance.verify.Verification;
import io.vtlb.conformance.verify.VerificationPlan;
import io.vtlb.conformance.verify.Verifier;
import io.vtlb.model.rule.Rule;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written builds and runs, and is found wanting at the first rules it meets. */
class BuiltStarterTest {

  @TempDir private Path place;

  @Test
  void python() throws Exception {
    need("python3");
    assertBreaksTheFirstRules(written(Language.PYTHON));
  }

  @Test
  void c() throws Exception {
    need("make");
    need("cc");
    assertBreaksTheFirstRules(written(Language.C));
  }

  @Test
  void rust() throws Exception {
    need("cargo");
    need("cc"); // links
    assertBreaksTheFirstRules(written(Language.RUST));
  }

  @Test
  void java() throws Exception {
    Starter starter = written(Language.JAVA);
    Path classes = place.resolve("classes");
    Path source = starter.folder().resolve("src");
    run(
        Path.of(System.getProperty("java.home"), "bin", "javac").toString(),
        "-cp",
        place(Rule.class)
            + File.pathSeparator
            + place(Conformance.class)
            + File.pathSeparator
            + place(Test.class),
        "-d",
        classes.toString(),
        source.resolve("main/java/org/example/MyTlb.java").toString(),
        source.resolve("test/java/org/example/MyTlbTest.java").toString());
    assertFailsFirst("class:org.example.MyTlb", List.of(classes), "handle page-fault");
    assertBreaksTheFirstRules(Targets.named("class:org.example.MyTlb", List.of(classes)));
  }

  private static Path place(Class<?> type) throws URISyntaxException {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
  }

  private Starter written(Language language) throws IOException {
    Starter starter = new Starter(language, place.resolve("my tlb"));
    starter.write();
    return starter;
  }

  /** Does what the user is told to do, up to the first time that the target is put to the test. */
  private static void assertBreaksTheFirstRules(Starter starter) throws Exception {
    for (String command : starter.next()) {
      if (command.startsWith("./vtlb verify --target ")) {
        Process shell =
            new ProcessBuilder("sh", "-c", "printf %s " + command.substring(23))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String target = new String(shell.getInputStream().readAllBytes(), UTF_8);
        assertEquals(0, shell.waitFor());
        assertFailsFirst(target, List.of(), "event page-fault");
        assertBreaksTheFirstRules(Targets.named(target, List.of()));
        return;
      }
      String said = run("sh", "-c", command);
      assertFalse(said.contains("warning"), said);
    }
  }

  /** Up to the first fault that is to be resolved, everything is there. */
  private static void assertFailsFirst(String target, List<Path> classPath, String call) {
    Tried tried = Smoke.of(target, classPath, Limits.USUAL, row -> {});
    assertEquals(call, tried.firstFailure().orElseThrow().call());
    assertEquals(
        List.of("hello", "reset", "create", "entries", "event page-fault"),
        tried.rows().stream().limit(5).map(Row::message).toList());
  }

  private static void assertBreaksTheFirstRules(TargetSource source) {
    VerificationPlan plan =
        new VerificationPlan(
            source,
            1,
            60,
            Optional.empty(),
            40,
            ModeChoice.TWO_LEVEL,
            VerificationPlan.everyRule(),
            1,
            VerificationPlan.USUAL_FAILURES);
    Verification run = Verifier.verify(plan, Progress.NONE);
    Set<Rule> broken = new TreeSet<>();
    run.firstOfEachRule().forEach(failure -> broken.add(failure.violation().rule()));
    assertEquals(Set.of(Rule.PROGRESS_1, Rule.EVENT_2), broken);
  }

  private static void need(String program) {
    boolean there =
        Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    assumeTrue(there, "there is no " + program + " on the PATH");
  }

  /** Runs a command to its end; gives back what it said. */
  private static String run(String... command) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("CARGO_NET_OFFLINE", "true");
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertEquals(0, process.waitFor(), said);
    return said;
  }
}
