package io.vtlb.conformance.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vtlb.conformance.generate.ModeChoice;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** {@code --mode}: which paging modes are verified, and that the report says so. */
class ModeTest {

  private static Typed verify(String mode) {
    return Typed.of(
        "verify",
        "--strategy",
        "random",
        "--target",
        "reference",
        "--mode",
        mode,
        "--sequences",
        20,
        "--jobs",
        1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"32", "pae", "4level", "5level", "mixed"})
  void isSaidInTheReport(String mode) {
    Typed typed = verify(mode);
    assertTrue(
        typed.out().startsWith("target reference (level 3), mode " + mode + ", seed 1, "),
        typed.out());
  }

  /** The words of reports and of the target protocol. */
  @ParameterizedTest
  @CsvSource({"32-bit, 32", "PAE, pae", "4-level, 4level", "5-Level, 5level", "MIXED, mixed"})
  void hasTheWordsOfTheProtocolToo(String word, String mode) {
    assertEquals(ModeChoice.ofWord(mode), ModeChoice.ofWord(word));
    assertEquals(mode, ModeChoice.ofWord(word).orElseThrow().word());
  }

  @Test
  void aRuleMayBeWrittenSmall() {
    String[] run = {"verify", "--strategy", "random", "--sequences", "20", "--jobs", "1", "--rule"};
    Function<String, String> out =
        rule -> Typed.of(Stream.concat(Stream.of(run), Stream.of(rule)).toArray()).out();
    assertEquals(out.apply("TLB-1,INIT-1"), out.apply("tlb-1,Init-1"));
  }

  @Test
  void decidesTheSequences() {
    assertTrue(
        !verify("32")
            .out()
            .lines()
            .skip(1)
            .toList()
            .equals(verify("pae").out().lines().skip(1).toList()));
  }

  /** A rule that no sequence of a mode can exercise is no reason not to conform. */
  @Test
  void aRuleThatCannotBeExercisedIsSkippedWithTheReason() {
    Typed typed =
        Typed.of(
            "verify",
            "--strategy",
            "random",
            "--target",
            "reference",
            "--mode",
            "32",
            "--rule",
            "TLB-1,TLB-3");
    typed.assertExits(0);
    assertTrue(typed.out().contains("skipped: there are no PCIDs in mode 32"), typed.out());
  }

  @Test
  void theSameRunAgainIsInTheSameMode() {
    Typed typed =
        Typed.of(
            "verify",
            "--strategy",
            "random",
            "--for",
            "1s",
            "--mode",
            "pae",
            "--target",
            "reference");
    assertTrue(
        typed
            .out()
            .lines()
            .anyMatch(line -> line.startsWith("the same run again: --strategy random --mode pae ")),
        typed.out());
  }

  @Test
  void mixedIsTheDefault() {
    JsonNode json =
        Typed.of(
                "verify",
                "--strategy",
                "random",
                "--json",
                "--sequences",
                5,
                "--target",
                "reference")
            .json();
    assertEquals("mixed", json.get("mode").asString());
  }
}
