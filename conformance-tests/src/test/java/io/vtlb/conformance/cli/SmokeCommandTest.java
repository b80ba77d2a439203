package io.vtlb.conformance.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vtlb.model.target.VirtualTlb;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** {@code vtlb smoke} as a user types it. */
class SmokeCommandTest {

  private static final Path PYTHON = Path.of("examples/python/tlb.py").toAbsolutePath();
  private static final Path JAVA = Path.of("examples/java/src/main/java/org/example");

  @TempDir private Path place;

  private static String python(String words) {
    boolean there =
        Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, "python3")));
    assumeTrue(there, "there is no python3 on the PATH");
    return "exec:" + words + "python3 '" + PYTHON + "'";
  }

  @Test
  void theExampleInPythonWorks() {
    String target = python("");
    Typed typed = Typed.of("smoke", "--target", target);
    typed.assertExits(0);
    assertTrue(typed.out().contains("\nbye                             works  "), typed.out());
    assertTrue(
        typed
            .out()
            .endsWith(
                "\nworks: every message that could be tried; next: ./vtlb verify --target '"
                    + target.replace("'", "'\\''")
                    + "'\n"),
        typed.out());
  }

  @Test
  void theExampleInJavaWorks() throws IOException {
    List<String> arguments = new ArrayList<>(List.of("-proc:none", "-d", place.toString(), "-cp"));
    arguments.add(UsersTargets.place(VirtualTlb.class).toString());
    try (Stream<Path> files = Files.list(JAVA)) {
      files.map(Path::toString).forEach(arguments::add);
    }
    ToolProvider compiler = ToolProvider.findFirst("javac").orElseThrow();
    assertEquals(0, compiler.run(System.out, System.err, arguments.toArray(String[]::new)));
    Typed typed = Typed.of("smoke", "--target", "class:org.example.SmallTlb", "--classpath", place);
    typed.assertExits(0);
    assertTrue(typed.out().startsWith("describe                        works  "), typed.out());
    assertTrue(typed.out().contains("\nhandle page-fault               works  "), typed.out());
  }

  @ParameterizedTest
  @CsvSource({
    "accessed-bit-forgotten, event page-fault, AD-1",
    "clean-page-writable, entries, DERIVE-3",
    "invlpg-ignored, event invlpg, TLB-1",
    "processor-not-flushed, event invlpg, PROC-1",
    "root-load-keeps-entries, event control-write, TLB-2",
  })
  void itsMistakesFailAtTheirMessage(String mistake, String message, String rule) {
    Typed typed =
        Typed.of("smoke", "--json", "--target", python("env VTLB_EXAMPLE_FAULT=" + mistake + " "));
    assertEquals(1, typed.code());
    JsonNode json = typed.json();
    assertEquals(false, json.get("works").asBoolean());
    for (JsonNode row : json.get("messages")) {
      if (row.get("result").asString().equals("fails")) {
        assertEquals(message, row.get("message").asString());
        JsonNode shortfall = row.get("shortfall");
        assertEquals(message, shortfall.get("at").asString());
        assertEquals(rule, shortfall.get("rule").asString());
        assertEquals("kit", shortfall.at("/said/0/by").asString());
        assertTrue(shortfall.at("/said/0/text").asString().contains("\"request\":\"event\""));
        assertTrue(shortfall.at("/example/0").asString().contains("\"action\":\"resume\""));
        return;
      }
    }
    throw new AssertionError(json.toString());
  }

  /** It reads whatever is there and looks at the first line only. */
  @Test
  void aProgramThatLosesRequestsThatComeTogetherFailsThere() throws IOException {
    String example = python("");
    Path careless =
        Files.writeString(
            place.resolve("careless.py"),
            """
            import os, subprocess, sys
            tlb = subprocess.Popen([sys.executable, sys.argv[1]], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
            chunk = os.read(0, 65536)
            while chunk:
                tlb.stdin.write(chunk.split(b"\\n")[0] + b"\\n")
                tlb.stdin.flush()
                os.write(1, tlb.stdout.readline())
                chunk = b"" if b'"bye"' in chunk else os.read(0, 65536)
            """);
    String target = example.replace("python3 ", "python3 '" + careless + "' ");
    Typed typed = Typed.of("smoke", "--target", target, "--event-deadline", "2s");
    typed.assertExits(1);
    assertTrue(
        typed
            .out()
            .endsWith(
                "\nfails: first of all event and entries together, several requests before the"
                    + " first is answered\n"),
        typed.out());
    assertTrue(typed.out().contains("timeout (hang-in-event)"), typed.out());
    assertTrue(typed.out().contains("\nbye                             works  "), typed.out());
  }

  @Test
  void aProgramThatEndsAtOnceFailsAtHello() {
    Typed typed = Typed.of("smoke", "--target", "exec:sh -c 'echo no licence >&2; exit 4'");
    typed.assertExits(1);
    assertTrue(typed.out().startsWith("hello                           FAILS  "), typed.out());
    assertTrue(typed.out().contains("\n    came back: nothing\n"), typed.out());
    assertTrue(
        typed
            .out()
            .contains("\n    found:     crash (exit): the target ended itself with exit code 4\n"),
        typed.out());
    assertTrue(typed.out().contains("\n    stderr:    no licence\n"), typed.out());
    assertTrue(
        typed
            .out()
            .contains("\nbye                             not tried     the last request (needs"),
        typed.out());
  }

  @Test
  void whatIsNotThereIsWrongUsage() {
    Typed.of("smoke", "--target", "exec:no/such/program").assertRefused("no/such/program");
    Typed.of("smoke", "--target", "nothing").assertRefused("there is no target 'nothing'");
    Typed.of("smoke", "--target", "lib:nothing.so").assertRefused("nothing.so");
    Typed.of("smoke", "--event-deadline", "soon").assertRefused("--event-deadline");
  }
}
