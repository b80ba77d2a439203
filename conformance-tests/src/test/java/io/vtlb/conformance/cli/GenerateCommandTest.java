package io.vtlb.conformance.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** {@code vtlb generate}, and {@code --strategy}, as a user types them. */
class GenerateCommandTest {

  private static final String GOAL = "invlpg-event/tlb-manipulation/stale/supervisor/moved/4k";

  @Test
  void aGoalIsReachedAndItsTraceCanBeReplayed(@TempDir Path folder) throws IOException {
    Typed typed =
        Typed.of(
            "generate", "--cover", GOAL, "--world", "two-level", "--bound", "3", "--out", folder);
    typed.assertExits(0);
    assertTrue(typed.out().startsWith("two-level: 1 sequences, by length {3=1}; "), typed.out());
    List<Path> traces;
    try (Stream<Path> found = Files.list(folder.resolve("two-level"))) {
      traces = found.toList();
    }
    assertEquals(1, traces.size());
    Typed.of("replay", traces.getFirst()).assertExits(0);
    Typed.of("replay", traces.getFirst(), "--target", "fault:invlpg-ignored").assertExits(1);
  }

  @Test
  void aGoalWithoutASequenceIsSaid(@TempDir Path folder) {
    Typed typed =
        Typed.of(
            "generate",
            "--cover",
            "privilege-event/inconsistency",
            "--world",
            "two-level",
            "--bound",
            "2",
            "--json",
            "--out",
            folder);
    assertEquals(1, typed.code());
    JsonNode json = typed.json();
    assertEquals(0, json.at("/goals/0/sequences").asInt());
    assertEquals(2, json.at("/worlds/0/bound").asInt());
  }

  @Test
  void whatCannotBeIsSaidInOneLine(@TempDir Path folder) throws IOException {
    says("'why' is no cause", "generate", "--cover", "load-fault/why", "--out", folder);
    says("--world must be one of", "generate", "--world", "pae", "--out", folder);
    says("--bound must be 1 to", "generate", "--bound", "99", "--out", folder);
    says("--strategy must be smt", "generate", "--strategy", "random", "--out", folder);
    Path file = Files.createFile(folder.resolve("file"));
    says("--out: cannot make the folder", "generate", "--out", file);
    says("'odd' is no strategy", "verify", "--strategy", "odd");
    says("leave out --sequences", "verify", "--strategy", "smt", "--sequences", "5");
    says("has no sequence for mode pae", "verify", "--strategy", "smt", "--mode", "pae");
  }

  private static void says(String words, Object... arguments) {
    Typed typed = Typed.of(arguments);
    assertEquals(2, typed.code(), typed.err());
    assertTrue(typed.err().contains(words), typed.err());
    assertEquals(1, typed.err().lines().count(), typed.err());
  }

  @Test
  void theGeneratedSetAloneFindsAMistake() {
    JsonNode json =
        Typed.of("verify", "--strategy", "smt", "--target", "fault:invlpg-ignored", "--json")
            .json();
    assertEquals("fails", json.path("verdict").asString());
    String origin = json.at("/counterexamples/0/origin").asString();
    assertTrue(origin.startsWith("generated sequence "), origin);
  }
}
