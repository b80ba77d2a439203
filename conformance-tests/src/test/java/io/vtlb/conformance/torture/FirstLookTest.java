package io.vtlb.conformance.torture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vtlb.conformance.run.Limits;
import io.vtlb.conformance.run.Misbehaviour;
import io.vtlb.conformance.smoke.Reason;
import io.vtlb.conformance.smoke.Row;
import io.vtlb.conformance.smoke.Row.Result;
import io.vtlb.conformance.smoke.Row.Shortfall;
import io.vtlb.conformance.smoke.Said;
import io.vtlb.conformance.smoke.Smoke;
import io.vtlb.conformance.smoke.Tried;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code vtlb smoke} finds the message that a misbehaving target gets wrong first. */
class FirstLookTest {

  private static Tried tried(Way way) {
    String id = "first-look-" + way + "-" + ProcessHandle.current().pid();
    Limits limits =
        new Limits(
            Duration.ofSeconds(way == Way.HANG_AT_HELLO ? 2 : 30),
            Duration.ofSeconds(3),
            Duration.ofSeconds(30),
            400L << 20,
            1 << 20,
            4L << 20);
    Tried tried =
        Smoke.of(
            TortureProgram.option(TortureProgram.command(way, id)), List.of(), limits, row -> {});
    assertEquals(List.of(), TortureProgram.left(id));
    return tried;
  }

  @Test
  void anHonestTargetWorks() {
    Tried tried = tried(Way.NONE);
    assertEquals(List.of(), failures(tried));
    assertEquals(
        List.of("hello", "reset", "create", "entries", "event page-fault"),
        tried.rows().stream().limit(5).map(Row::message).toList());
    assertEquals("bye", tried.rows().getLast().message());
    assertEquals(Result.WORKS, tried.rows().getLast().result());
  }

  private static List<String> failures(Tried tried) {
    return tried.rows().stream()
        .filter(row -> row.result() == Result.FAILS)
        .map(Row::message)
        .toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          BANNER             | hello            | hello            | INVALID_JSON     | "This is a virtual TLB."
          HANG_AT_HELLO      | hello            | hello            | HANG_AT_START    | did not say what it is in 2 s
          EXIT_BEFORE_HELLO  | hello            | hello            | EXIT             | exit code 2
          OTHER_PROTOCOL     | hello            | hello            | IMPOSSIBLE_VALUE | field "protocol"
          NO_MODES           | hello            | hello            | IMPOSSIBLE_VALUE | field "modes"
          HANG_IN_CREATE     | create           | create           | HANG_IN_EVENT    | did not answer in 3 s: create
          CLOSES_INPUT       | entries          | entries          | END_OF_STREAM    | closed its standard input
          UNKNOWN_RIGHTS     | entries          | entries          | IMPOSSIBLE_VALUE | must be rwx
          SIGSEGV            | event page-fault | event page-fault | SIGNAL           | SIGSEGV
          GIVES_UP           | event page-fault | event page-fault | GAVE_UP          | out of shadow pages
          NOT_JSON           | event page-fault | event page-fault | INVALID_JSON     | "resume"
          NEXT_NUMBER        | event page-fault | event page-fault | WRONG_NUMBER     | was to be answered
          NO_ACTION          | event page-fault | event page-fault | IMPOSSIBLE_VALUE | field "action": is missing
          UNSUPPORTED        | event page-fault | event page-fault | UNSUPPORTED      | no paging
          OVER_LONG_LINE     | event page-fault | event page-fault | OVER_LONG_LINE   | more than 1 MiB
          NO_GOODBYE         | bye              | bye              | HANG_IN_EVENT    | did not answer in 3 s: bye
          STAYS_AFTER_GOODBYE | bye             | bye              | HANG_IN_EVENT    | did not exit after its last answer in 3 s
          WRITES_AFTER_GOODBYE | bye            | bye              | UNASKED_LINE     | wrote something after its last answer
          TALKS_AFTER_GOODBYE | bye             | bye              | UNASKED_LINE     | wrote something after its last answer
          EXIT_7_AT_GOODBYE  | bye              | bye              | EXIT             | exit code 7
          EXIT_7_AFTER_GOODBYE | bye            | bye              | EXIT             | exit code 7
          """)
  void theFirstMistakeIsNamed(
      Way way, String message, String at, Misbehaviour.Kind kind, String told) {
    Tried tried = tried(way);
    Row row = tried.firstFailure().orElseThrow();
    assertEquals(message, row.message());
    Shortfall shortfall = row.shortfall().orElseThrow();
    assertEquals(at, shortfall.at());
    Reason.Failed failed = (Reason.Failed) shortfall.reason();
    assertEquals(kind, failed.misbehaviour().kind(), failed.misbehaviour().told());
    assertTrue(failed.misbehaviour().told().contains(told), failed.misbehaviour().told());
    Said sent = shortfall.said().getFirst();
    String request = at.split(" ", -1)[0];
    assertTrue(sent.text().contains("\"request\":\"" + request + "\""), sent.text());
    assertTrue(shortfall.place().endsWith("#" + request));
    assertEquals(1, shortfall.example().size());
    assertTrue(shortfall.example().getFirst().startsWith("{\"n\":"));
  }

  @Test
  void whatATargetWroteIsShown() {
    Shortfall shortfall =
        tried(Way.NOT_JSON).firstFailure().orElseThrow().shortfall().orElseThrow();
    assertEquals(new Said(true, "resume"), shortfall.said().getLast());
  }

  /** It rests on nothing but hello. */
  @Test
  void goodbyeIsTriedEvenIfNothingElseIs() {
    Tried tried = tried(Way.HANG_IN_CREATE);
    assertEquals(Result.NOT_TRIED, tried.rows().get(tried.rows().size() - 2).result());
    assertEquals(Result.WORKS, tried.rows().getLast().result());
  }

  /** It misbehaves at each third event of a process, and is started again. */
  @Test
  void whatDoesNotRestOnTheFailureIsTried() {
    Tried tried = tried(Way.NOT_JSON);
    assertTrue(failures(tried).size() >= 2);
    assertEquals(0, tried.rows().stream().filter(row -> row.result() == Result.NOT_TRIED).count());
  }
}
