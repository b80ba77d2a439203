package io.vtlb.conformance.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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
