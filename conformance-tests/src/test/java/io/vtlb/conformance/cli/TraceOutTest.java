package io.vtlb.conformance.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vtlb.conformance.trace.RecordedVerdict;
import io.vtlb.conformance.trace.TraceReader;
import io.vtlb.conformance.verify.Verdict;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** A counterexample in a file, and what becomes of it when it is replayed. */
class TraceOutTest {

  private static final String FAULT = "fault:same-root-reload-ignored";

  @TempDir private Path folder;

  private Typed find(Path file) {
    return Typed.of(
        "verify",
        "--strategy",
        "random",
        "--target",
        FAULT,
        "--sequences",
        200,
        "--trace-out",
        file);
  }

  @ParameterizedTest
  @ValueSource(strings = {"found.jsonl", "found.jsonl.gz", "with space.jsonl"})
  void isReproduced(String name) {
    Path file = folder.resolve(name);
    Typed found = find(file);
    found.assertExits(1);
    assertTrue(found.out().contains("the first of these is in " + file + "; see it again with "));

    Typed again = Typed.of("replay", file);
    again.assertExits(1);
    assertTrue(again.out().contains(FAULT + ": TLB-2 is broken at operation "), again.out());
    assertTrue(again.out().endsWith("\nreproduced: the recorded verdict comes out again\n"));
  }

  @Test
  void isTheSameBytesEachTime() throws IOException {
    Path one = folder.resolve("one.jsonl");
    Path other = folder.resolve("other.jsonl");
    find(one);
    find(other);
    assertEquals(Files.readString(one), Files.readString(other));
  }

  @Test
  void aTargetIsNotAskedForWhatItDoesNotDeclare() throws IOException {
    Path file = folder.resolve("inside.jsonl");
    try (InputStream in =
        Objects.requireNonNull(
            Verdict.class.getResourceAsStream("role-shared-device-read-too-early.jsonl"))) {
      Files.copy(in, file);
    }
    Typed.of("replay", file).assertExits(0);
    Typed.of("replay", file, "--target", "design:adversary")
        .assertRefused(
            file + " needs a target that declares interleaving; design:adversary does not");
  }

  @Test
  void anotherTargetNeedNotFail() {
    Path file = folder.resolve("found.jsonl");
    find(file);
    Typed again = Typed.of("replay", file, "--target", "reference");
    again.assertExits(0);
    assertTrue(again.out().contains("\nreference: every step is right\n"), again.out());
    assertTrue(again.out().contains("\nnot reproduced: recorded with target " + FAULT));
  }

  @Test
  void aReplayInJsonIsOneDocument() throws IOException {
    Path file = folder.resolve("found.jsonl");
    find(file);
    RecordedVerdict verdict = TraceReader.read(file).verdict().orElseThrow();
    JsonNode json = Typed.of("replay", "--json", file).json();
    assertEquals("fails", json.get("verdict").asString());
    assertEquals("TLB-2", json.get("rule").asString());
    assertEquals(verdict.step(), json.get("step").intValue());
    assertTrue(json.get("reproduced").booleanValue());
  }

  @Test
  void aTraceOfNothingButASequenceIsJudged() throws IOException {
    Path file = folder.resolve("found.jsonl");
    find(file);
    List<String> sequence =
        Files.readAllLines(file).stream()
            .filter(line -> line.contains("\"record\":\"world\"") || line.contains("\"operation\""))
            .toList();
    Files.write(file, sequence);
    Typed.of("replay", file).assertExits(0);
    Typed again = Typed.of("replay", file, "--target", FAULT);
    again.assertExits(1);
    assertTrue(again.out().endsWith("\nthe trace has no recorded verdict\n"), again.out());
  }

  @Test
  void anOldTraceIsReplacedWhole() throws IOException {
    Path file = Files.writeString(folder.resolve("found.jsonl"), "x".repeat(1 << 16));
    find(file);
    assertTrue(TraceReader.read(file).verdict().isPresent());
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(List.of(file), files.toList());
    }
  }

  @Test
  void withoutACounterexampleNothingIsWritten() throws IOException {
    Path old = Files.writeString(folder.resolve("old.jsonl"), "old");
    Path none = folder.resolve("none.jsonl");
    for (Path file : List.of(old, none)) {
      Typed typed =
          Typed.of(
              "verify",
              "--strategy",
              "random",
              "--target",
              "reference",
              "--sequences",
              800,
              "--trace-out",
              file);
      typed.assertExits(0);
      assertTrue(typed.out().endsWith("no counterexample, so " + file + " was not written\n"));
    }
    assertEquals("old", Files.readString(old));
    assertFalse(Files.exists(none));
  }

  @Test
  void badInputLeavesAnOldFileAlone() throws IOException {
    Path old = Files.writeString(folder.resolve("old.jsonl"), "old");
    Typed.of("verify", "--strategy", "random", "--target", "shadow", "--trace-out", old)
        .assertRefused("shadow");
    Typed.of("verify", "--length", 0, "--trace-out", old).assertRefused("--length");
    assertEquals("old", Files.readString(old));
  }

  @Test
  void aFolderIsNotOverwritten() {
    find(folder).assertRefused("--trace-out: " + folder + " is a folder; name a file in it");
  }

  @Test
  void theReportOutlivesATraceThatCannotBeWritten() {
    Path tooLong = folder.resolve("x".repeat(250));
    Typed typed = find(tooLong);
    assertEquals(2, typed.code());
    assertTrue(typed.out().contains("\ncounterexample: TLB-2 (MUST) is broken\n"), typed.out());
    assertTrue(typed.err().startsWith("vtlb: --trace-out: "), typed.err());
    assertTrue(typed.err().contains(" cannot be written: "), typed.err());
  }

  @Test
  void aDeviceIsRefusedBeforeTheRun() {
    find(Path.of("/dev/null")).assertRefused("/dev/null is not a file that can be replaced");
  }

  @Test
  void aMissingFolderIsNotMade() {
    Path file = folder.resolve("missing").resolve("found.jsonl");
    find(file).assertRefused("--trace-out: cannot write to the folder of " + file);
    assertFalse(Files.exists(file.getParent()));
  }
}
