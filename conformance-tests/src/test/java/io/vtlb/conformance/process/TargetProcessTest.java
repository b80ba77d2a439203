package io.vtlb.conformance.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vtlb.conformance.run.Limits;
import io.vtlb.conformance.run.Misbehaviour;
import io.vtlb.conformance.run.Misbehaviour.Kind;
import io.vtlb.conformance.run.TargetFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Processes that are a line of shell. */
class TargetProcessTest {

  private static final Limits LIMITS =
      new Limits(
          Duration.ofSeconds(20),
          Duration.ofMillis(700),
          Duration.ofSeconds(20),
          1L << 30,
          1 << 16,
          1L << 20);

  private static TargetProcess start(String script) throws IOException {
    TargetProcess process = TargetProcess.start(List.of("sh", "-c", script), LIMITS);
    process.beginSequence();
    return process;
  }

  private static Misbehaviour misbehaviour(TargetProcess process, byte[] line) {
    TargetFailure failure =
        assertThrows(
            TargetFailure.class,
            () -> {
              process.write(line, line.length, 1, "a question");
              process.readLine("a question");
            });
    assertTrue(process.hasEnded());
    return failure.misbehaviour();
  }

  private static Misbehaviour misbehaviour(String script) throws IOException {
    return misbehaviour(start(script), "?\n".getBytes(StandardCharsets.US_ASCII));
  }

  @Test
  void linesGoBothWays() throws IOException {
    try (TargetProcess process = start("while read -r line; do echo \"$line, yes\"; done")) {
      byte[] lines = "one\ntwo\n".getBytes(StandardCharsets.US_ASCII);
      process.write(lines, lines.length, 2, "two lines");
      assertEquals("one, yes", process.readLine("the first"));
      process.answered();
      assertEquals("two, yes", process.readLine("the second"));
      process.answered();
      process.endSequence();
      assertFalse(process.hasEnded());
    }
  }

  /** More than a pipe holds. */
  @Test
  void whoDoesNotReadHangs() throws IOException {
    Misbehaviour found = misbehaviour(start("sleep 100"), new byte[1 << 20]);
    assertEquals(Kind.HANG_IN_EVENT, found.kind());
    assertEquals("the target did not answer in 700 ms: a question", found.told());
  }

  @ParameterizedTest
  @CsvSource({
    "kill -SEGV $$, SIGSEGV",
    "kill -BUS $$, SIGBUS",
    "kill -KILL $$, SIGKILL",
    "exit 139, SIGSEGV",
    "exit 162, signal 34",
  })
  void signalsHaveTheirNames(String script, String signal) throws IOException {
    Misbehaviour found = misbehaviour("ulimit -c 0; read -r line; " + script);
    assertEquals(Kind.SIGNAL, found.kind());
    assertEquals(signal, found.detail());
  }

  @ParameterizedTest
  @CsvSource({"0", "128", "193", "255"})
  void otherExitCodesAreNone(int code) throws IOException {
    Misbehaviour found = misbehaviour("read -r line; exit " + code);
    assertEquals(Kind.EXIT, found.kind());
    assertEquals(String.valueOf(code), found.detail());
  }

  /** What it said before is read, whether or not its input was closed by then. */
  @Test
  void lastLinesCountBeforeTheEnd() throws IOException {
    TargetProcess process = start("echo sorry; exit 3");
    byte[] line = "?\n".getBytes(StandardCharsets.US_ASCII);
    process.write(line, line.length, 1, "a question");
    assertEquals("sorry", process.readLine("a question"));
    process.answered();
    assertEquals(Kind.EXIT, misbehaviour(process, line).kind());
  }

  @Test
  void aChildDoesNotKeepThePipesOfOneThatHasEnded() throws IOException {
    Misbehaviour found =
        misbehaviour("read -r line; (env -i sleep 100 &); echo bye-bye >&2; exit 6");
    assertEquals(Kind.EXIT, found.kind());
    assertEquals("6", found.detail());
    assertEquals("bye-bye", found.lastWords());
  }

  @Test
  void aFloodOfSeveralSequencesIsNone() throws IOException {
    try (TargetProcess process =
        start("while read -r line; do head -c 40000 /dev/zero | tr '\\0' x; echo; done")) {
      byte[] line = "?\n".getBytes(StandardCharsets.US_ASCII);
      for (int sequence = 0; sequence < 40; sequence++) {
        process.beginSequence();
        process.write(line, line.length, 1, "a question");
        assertEquals(40_000, process.readLine("a question").length());
        process.answered();
      }
    }
  }

  @Test
  void lastWordsAreTheLastLinesInAscii() throws IOException {
    Misbehaviour found =
        misbehaviour(
            "read -r line; for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14; do echo \"line $i\" >&2;"
                + " done; printf 'a\\033b' >&2; exit 1");
    assertEquals("line 4", found.lastWords().lines().findFirst().orElseThrow());
    assertTrue(found.lastWords().endsWith("line 14\na?b"), found.lastWords());
    assertEquals(12, found.lastWords().lines().count());
  }
}
