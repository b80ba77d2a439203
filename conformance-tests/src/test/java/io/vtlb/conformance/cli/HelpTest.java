package io.vtlb.conformance.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vtlb.conformance.generate.ModeChoice;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** Every verb shows how it is used, by examples. */
class HelpTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "verify",
        "replay",
        "claims",
        "faults",
        "coverage",
        "check-recording",
        "check-emulator",
        "prove",
        "sweep",
        "new-target",
        "smoke",
        "doctor"
      })
  void aVerbShowsItsOptionsAndExamples(String verb) {
    Typed typed = Typed.of(verb, "--help");
    typed.assertExits(0);
    assertTrue(typed.out().startsWith("Usage: vtlb " + verb), typed.out());
    assertTrue(typed.out().contains("--json"), typed.out());
    assertTrue(typed.out().contains("\nExamples:\n  vtlb " + verb), typed.out());
  }

  @Test
  void verifyNamesTheModes() {
    Typed typed = Typed.of("verify", "--help");
    assertTrue(typed.out().contains("--mode=M"), typed.out());
    for (ModeChoice mode : ModeChoice.values()) {
      assertTrue(typed.out().matches("(?s).*\\W" + mode.word() + "\\W.*"), mode.word());
    }
    assertTrue(typed.out().contains("(default: mixed)"), typed.out());
  }

  @Test
  void vtlbShowsItsVerbs() {
    Typed typed = Typed.of("--help");
    typed.assertExits(0);
    for (String verb :
        new String[] {
          "verify",
          "replay",
          "claims",
          "faults",
          "coverage",
          "check-recording",
          "check-emulator",
          "prove",
          "sweep"
        }) {
      assertTrue(typed.out().contains("\n  " + verb + " "), typed.out());
    }
  }

  /** The list shows the first line of a description only. */
  @Test
  void whatAVerbDoesIsSaidInAWholeSentence() {
    Map<String, CommandLine> verbs =
        Main.commandLine(new PrintWriter(Writer.nullWriter()), new PrintWriter(Writer.nullWriter()))
            .getSubcommands();
    verbs.forEach((name, verb) ->
        assertTrue(verb.getCommandSpec().usageMessage().description()[0].endsWith("."), name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"--version", "verify --version", "bench monitor --version"})
  void theVersionNamesTheRulesToo(String command) {
    Typed typed = Typed.of((Object[]) command.split(" "));
    typed.assertExits(0);
    assertTrue(typed.out().matches("vtlb \\S+, rules \\S+\n"), typed.out());
  }
}
