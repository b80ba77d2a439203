package io.vtlb.conformance.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Each way in which a verb ends has its exit code. */
class ExitCodeTest {

  @Test
  void aTargetThatConformsGives0() {
    Typed typed =
        Typed.of("verify", "--strategy", "random", "--sequences", 800, "--seed", 5, "--jobs", 2);
    typed.assertExits(0);
    assertTrue(
        typed
            .out()
            .startsWith("target bundled (level 3), mode mixed, seed 5, 800 sequences, 32000 "));
    assertTrue(typed.out().endsWith("\nconforms: every rule that could be judged holds\n"));
  }

  @Test
  void aCounterexampleGives1() {
    Typed typed =
        Typed.of("verify", "--strategy", "random", "--target", "fault:guest-fault-swallowed");
    typed.assertExits(1);
    assertTrue(typed.out().contains("\ncounterexample: EVENT-2 (MUST) is broken\n"), typed.out());
  }

  @Test
  void tooLittleToJudgeGives3() {
    Typed typed =
        Typed.of("verify", "--strategy", "random", "--target", "reference", "--sequences", 1);
    typed.assertExits(3);
    assertTrue(typed.out().contains("\ninconclusive: never exercised: "), typed.out());
  }

  @Test
  void onlyTheRulesAskedForAreJudged() {
    String[] command = {
      "verify", "--strategy", "random", "--target", "fault:invlpg-ignored", "--sequences", "400"
    };
    assertEquals(1, Typed.of((Object[]) command).code());
    Typed typed =
        Typed.of(
            "verify",
            "--target",
            "fault:invlpg-ignored",
            "--sequences",
            400,
            "--rule",
            "EVENT-2,TLB-5");
    typed.assertExits(0);
    assertEquals(2, typed.out().lines().filter(line -> line.endsWith("  pass")).count());
  }

  /** Nothing checked is not a pass, also of a rule that follows from it and others. */
  @Test
  void aRuleThatCannotBeJudgedGives3() {
    Typed typed = Typed.of("verify", "--strategy", "smt", "--mode", "32", "--rule", "TLB-3");
    typed.assertExits(3);
    assertTrue(
        typed.out().contains("\ninconclusive: no rule that was selected could be judged: "),
        typed.out());
    assertTrue(typed.out().contains("claims judged: none"), typed.out());
  }

  @Test
  void aDerivedRuleStandsForThoseThatItFollowsFrom() {
    Typed typed =
        Typed.of(
            "verify",
            "--strategy",
            "random",
            "--target",
            "fault:invlpg-ignored",
            "--rule",
            "PERIODIC-1");
    typed.assertExits(1);
    assertTrue(typed.out().contains("fail: follows from TLB-1, which failed"), typed.out());
  }

  @Test
  void aRunBoundedByTimeSaysHowToRepeatIt() {
    Typed typed = Typed.of("verify", "--strategy", "random", "--for", "1s", "--length", 5);
    assertTrue(
        typed
            .out()
            .lines()
            .anyMatch(line ->
                line.matches(
                    "the same run again: --strategy random --mode mixed --seed 1 --sequences [1-9][0-9]* --length 5")),
        typed.out());
  }

  @Test
  void faultsThatAreCaughtGive0() {
    Typed typed = Typed.of("faults", "guest-fault-swallowed", "structures-start-in-use");
    typed.assertExits(0);
    assertTrue(typed.out().contains("\n2 of 2 faults caught with the blame expected; median "));
  }

  @Test
  void aFaultThatIsNotCaughtGives1() {
    Typed typed = Typed.of("faults", "invlpg-drops-one-fragment-of-large-page", "--sequences", 1);
    typed.assertExits(1);
    assertTrue(typed.out().contains("  NO  "), typed.out());
  }

  @Test
  void claimsGive0() {
    Typed.of("claims").assertExits(0);
  }

  @Test
  void theListOfFaultsGives0() {
    Typed typed = Typed.of("faults", "--list");
    typed.assertExits(0);
    assertTrue(typed.out().lines().count() >= 20);
  }
}
