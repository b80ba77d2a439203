package io.vtlb.conformance.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Anyone's class behind the target interface, found on a class path. */
class UsersTargetTest {

  @TempDir private static Path folder;

  private static Path classes;

  @BeforeAll
  static void compile() throws IOException {
    classes = UsersTargets.compile(folder);
  }

  private static Typed verify(String className, Object... more) {
    Object[] arguments = new Object[more.length + 5];
    arguments[0] = "verify";
    arguments[1] = "--target";
    arguments[2] = "class:" + className;
    arguments[3] = "--classpath";
    arguments[4] = classes;
    System.arraycopy(more, 0, arguments, 5, more.length);
    return Typed.of(arguments);
  }

  @Test
  void aWrongTargetIsFoundWrong() {
    Typed typed = verify("my.Idle");
    typed.assertExits(1);
    assertTrue(typed.out().startsWith("target class:my.Idle (level 2), mode mixed, "), typed.out());
    assertTrue(typed.out().contains("\ncounterexample: EVENT-2 (MUST) is broken\n"), typed.out());
  }

  @Test
  void aTargetThatThrowsIsInconclusive() {
    Typed typed = verify("my.Failing");
    typed.assertExits(3);
    assertTrue(
        typed
            .out()
            .contains(
                "\ninconclusive: crash: the target threw java.lang.IllegalStateException: not yet at my.Failing."),
        typed.out());
  }

  @Test
  void aTargetThatThrowsIsInconclusiveInJsonToo() {
    Typed typed = verify("my.Failing", "--json");
    assertEquals(3, typed.code());
    JsonNode json = typed.json();
    assertEquals("inconclusive", json.get("verdict").asString());
    assertTrue(json.get("counterexamples").isEmpty());
    JsonNode crash = json.get("crashes").get(0);
    assertEquals("exception", crash.get("kind").asString());
    assertTrue(
        crash
            .get("reason")
            .asString()
            .startsWith("the target threw java.lang.IllegalStateException: not yet"),
        crash.toString());
  }

  @Test
  void aModeThatIsNotServedIsRefused() {
    Typed typed = verify("my.TwoLevel", "--mode", "pae");
    typed.assertRefused(
        "vtlb: --mode pae: target two-level serves 32-bit;"
            + " give another mode, or mixed for all that it serves; ");
  }

  @Test
  void whoDeclaresNothingIsSaidToServeItsModes() {
    Typed typed =
        verify(
            "my.TwoLevel", "--mode", "32", "--strategy", "random", "--sequences", 1, "--jobs", 1);
    typed.assertExits(1);
    assertTrue(typed.out().contains("\ndeclared: 32-bit\nnot declared, "), typed.out());
    assertTrue(typed.out().contains(", profile 32-bit, level 2; "), typed.out());
  }

  @Test
  void aCrashIsReplayed() {
    Path file = folder.resolve("crash.jsonl");
    Typed found = verify("my.Failing", "--trace-out", file);
    found.assertExits(3);
    assertTrue(found.out().contains("the first of these is in " + file), found.out());
    Typed again = Typed.of("replay", file, "--classpath", classes);
    again.assertExits(3);
    assertTrue(again.out().endsWith("reproduced: the recorded verdict comes out again\n"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Idle         | target class Idle cannot be loaded
          my.Missing   | my.Missing
          my.NotPublic | my.NotPublic
          my.Demanding | my.Demanding needs a public constructor without parameters
          my.Hidden    | my.Hidden needs a public constructor without parameters
          my.Unfinished | my.Unfinished
          my.Unlucky   | my.Unlucky: its constructor failed with java.lang.IllegalStateException: no luck today
          my.Shy       | class:my.Shy: describe() returned null
          my.Mute      | class:my.Mute: describe() failed with java.lang.IllegalStateException: no words
          my.Stillborn | my.Stillborn
          """)
  void anUnusableTargetIsRefused(String className, String culprit) {
    verify(className).assertRefused(culprit);
    verify(className, "--json").assertRefused(culprit);
  }

  @Test
  void aClassThatIsNotOnTheClassPathIsRefused() {
    Typed.of("verify", "--target", "class:my.Idle").assertRefused("my.Idle");
  }
}
