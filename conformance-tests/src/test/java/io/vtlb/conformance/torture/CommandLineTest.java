package io.vtlb.conformance.torture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vtlb.conformance.cli.Main;
import io.vtlb.conformance.process.OwnClassPath;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** As a user starts it: what is said, the exit code, and that nothing outlives the kit. */
class CommandLineTest {

  private static final long PATIENCE_NANOS = 60_000_000_000L;

  @TempDir private Path folder;

  private Process start(String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "-Djava.io.tmpdir=" + Files.createDirectories(folder.resolve("temporary")),
                "-cp",
                OwnClassPath.words(),
                Main.class.getName()));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command)
            .directory(Files.createDirectories(folder.resolve("here")).toFile())
            .redirectError(Redirect.to(folder.resolve("err").toFile()))
            .redirectOutput(Redirect.to(folder.resolve("out").toFile()))
            .start();
    process.getOutputStream().close();
    return process;
  }

  private String read(String name) throws IOException {
    return Files.readString(folder.resolve(name), StandardCharsets.UTF_8);
  }

  /** Neither where files are temporary nor where it was started. */
  @AfterEach
  void noFileIsLeft() throws IOException {
    for (String name : List.of("temporary", "here")) {
      try (Stream<Path> files = Files.list(folder.resolve(name))) {
        assertEquals(List.of(), files.toList());
      }
    }
  }

  @Test
  void aTargetThatFailsEndsWith3AndItsVerdict() throws IOException, InterruptedException {
    Process kit =
        start(
            "verify",
            "--json",
            "--strategy",
            "random",
            "--sequences",
            "4",
            "--jobs",
            "1",
            "--restarts",
            "1",
            "--event-deadline",
            "3s",
            "--target",
            TortureProgram.option(ShellTarget.atEvents("kill -KILL $$")));
    assertEquals(3, kit.waitFor(), read("err"));
    JsonNode json = JsonMapper.shared().readTree(read("out"));
    assertEquals("inconclusive", json.required("verdict").asString());
    assertEquals("SIGKILL", json.at("/crashes/0/detail").asString());
    assertEquals(1, json.required("restarts").asInt());
    assertEquals(3000, json.at("/limits/eventMillis").asInt());
    assertEquals("", read("err"));
  }

  @Test
  void aTargetThatFailsAtItsStartIsToldInOneLine() throws IOException, InterruptedException {
    Process kit = start("verify", "--target", "exec:sh -c 'echo no licence >&2; exit 4'");
    assertEquals(3, kit.waitFor());
    assertEquals("", read("out"));
    assertEquals(
        "vtlb: target exec:sh -c 'echo no licence >&2; exit 4': crash at its start:"
            + " the target ended itself with exit code 4; its last words: no licence\n",
        read("err"));
  }

  @Test
  void aProgramThatIsNotThereIsWrongUsage() throws IOException, InterruptedException {
    Process kit = start("verify", "--target", "exec:no/such/program --fast");
    assertEquals(2, kit.waitFor());
    assertTrue(read("err").startsWith("vtlb: target exec:no/such/program"), read("err"));
    assertEquals(1, read("err").lines().count());
  }

  @ParameterizedTest
  @ValueSource(strings = {"INT", "TERM"})
  void nothingIsLeftOfARunThatIsInterrupted(String signal)
      throws IOException, InterruptedException {
    assumeTrue(!signal.equals("INT") || !interruptsAreIgnored(), "interrupts are ignored here");
    String id = "torture-interrupted-" + signal + "-" + ProcessHandle.current().pid();
    List<String> command = TortureProgram.command(Way.LEAVES_A_DAEMON, id);
    Process kit =
        start(
            "verify",
            "--strategy",
            "random",
            "--jobs",
            "2",
            "--event-deadline",
            "10m",
            "--sequence-deadline",
            "10m",
            "--target",
            TortureProgram.option(command));
    await(
        () ->
            TortureProgram.left(id).stream()
                    .filter(words -> words.contains("sleep 1; done"))
                    .count()
                >= 2,
        kit);
    new ProcessBuilder("kill", "-" + signal, String.valueOf(kit.pid())).start().waitFor();
    assertEquals(3, kit.waitFor());
    assertEquals("vtlb: ended before a verdict, by a signal or by the target\n", read("err"));
    assertEquals(List.of(), TortureProgram.left(id));
  }

  /** Whose target runs in the kit itself, and what was found until then. */
  @ParameterizedTest
  @ValueSource(strings = {"INT", "TERM"})
  void aRunThatIsInterruptedTellsWhatItHasFound(String signal)
      throws IOException, InterruptedException {
    assumeTrue(!signal.equals("INT") || !interruptsAreIgnored(), "interrupts are ignored here");
    assumeTrue(Files.exists(Path.of("/proc/self/task")), "threads cannot be seen here");
    Process kit = start("verify", "--strategy", "random", "--for", "10m", "--jobs", "1");
    await(() -> isVerifying(kit), kit);
    new ProcessBuilder("kill", "-" + signal, String.valueOf(kit.pid())).start().waitFor();
    assertEquals(3, kit.waitFor());
    List<String> told = read("err").lines().toList();
    assertEquals("vtlb: ended before a verdict, by a signal or by the target", told.getFirst());
    assertTrue(
        told.stream()
            .skip(1)
            .allMatch(
                line -> line.matches("vtlb: [0-9]+ sequences had run, and 0 of them broke a rule")),
        told.toString());
  }

  private static boolean isVerifying(Process kit) {
    try (Stream<Path> threads = Files.list(Path.of("/proc/" + kit.pid() + "/task"))) {
      return threads.anyMatch(CommandLineTest::isOfVerifier);
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean isOfVerifier(Path thread) {
    try {
      return Files.readString(thread.resolve("comm")).startsWith("vtlb-0");
    } catch (IOException e) {
      return false;
    }
  }

  /** A program started in the background of a shell inherits that it does not heed them. */
  private static boolean interruptsAreIgnored() throws IOException {
    Path status = Path.of("/proc/self/status");
    return Files.exists(status)
        && Files.readAllLines(status).stream()
            .filter(line -> line.startsWith("SigIgn:"))
            .anyMatch(line ->
                (Long.parseUnsignedLong(line.substring("SigIgn:".length()).strip(), 16) & 2) != 0);
  }

  /** Something to wait for. */
  @FunctionalInterface
  private interface Condition {
    boolean holds();
  }

  private void await(Condition condition, Process kit) throws IOException {
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (!condition.holds()) {
      assertTrue(kit.isAlive(), read("err"));
      assertTrue(System.nanoTime() < end, "it has not come to that");
      Thread.onSpinWait();
    }
  }
}
