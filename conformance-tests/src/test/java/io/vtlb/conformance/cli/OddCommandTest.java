package io.vtlb.conformance.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OddCommandTest {

  @TempDir private Path folder;

  /** my.Idle is a level-2 target; EVENT-6 needs level 3, so nothing at all is judged. */
  @Test
  void nothingJudgedIsNotConforming() throws IOException {
    Path classes = UsersTargets.compile(folder);
    Typed.of(
            "verify",
            "--target",
            "class:my.Idle",
            "--classpath",
            classes,
            "--rule",
            "EVENT-6",
            "--sequences",
            10)
        .assertExits(3);
  }

  @Test
  void aTimeTooLongForACounterIsRefused() {
    Typed.of("verify", "--for", "999999999h").assertRefused("--for");
  }

  @Test
  void anAssertionInDescribeIsOneLine() throws IOException {
    Path classes = UsersTargets.compile(folder);
    Path source =
        Files.writeString(
            folder.resolve("Odd.java"),
            "package my; public class Odd extends Idle { public io.vtlb.model.target.Description describe() { throw new AssertionError(\"d\"); } }");
    ToolProvider.findFirst("javac")
        .orElseThrow()
        .run(
            System.out,
            System.err,
            "-d",
            classes.toString(),
            "-cp",
            classes
                + System.getProperty("path.separator")
                + UsersTargets.place(io.vtlb.model.target.VirtualTlb.class),
            source.toString());
    Typed.of("verify", "--target", "class:my.Odd", "--classpath", classes).assertRefused("my.Odd");
  }

  /** The recorded run crashed; this one goes through. */
  @Test
  void aCrashThatIsGoneIsNotReproduced() throws IOException {
    Path classes = UsersTargets.compile(folder);
    Path file = folder.resolve("crash.jsonl");
    assertEquals(
        3,
        Typed.of(
                "verify",
                "--target",
                "class:my.Failing",
                "--classpath",
                classes,
                "--trace-out",
                file)
            .code());
    Typed again = Typed.of("replay", file, "--target", "reference");
    assertEquals(0, again.code());
    assertFalse(again.out().contains("\nreproduced:"), again.out());
  }
}
