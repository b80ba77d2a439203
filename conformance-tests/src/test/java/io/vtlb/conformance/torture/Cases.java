package io.vtlb.conformance.torture;

import static io.vtlb.conformance.run.Misbehaviour.Kind.END_OF_STREAM;
import static io.vtlb.conformance.run.Misbehaviour.Kind.EXIT;
import static io.vtlb.conformance.run.Misbehaviour.Kind.GAVE_UP;
import static io.vtlb.conformance.run.Misbehaviour.Kind.HANG_AT_START;
import static io.vtlb.conformance.run.Misbehaviour.Kind.HANG_IN_SEQUENCE;
import static io.vtlb.conformance.run.Misbehaviour.Kind.IMPOSSIBLE_VALUE;
import static io.vtlb.conformance.run.Misbehaviour.Kind.INVALID_JSON;
import static io.vtlb.conformance.run.Misbehaviour.Kind.MEMORY_GROWTH;
import static io.vtlb.conformance.run.Misbehaviour.Kind.OUTPUT_FLOOD;
import static io.vtlb.conformance.run.Misbehaviour.Kind.OVER_LONG_LINE;
import static io.vtlb.conformance.run.Misbehaviour.Kind.SIGNAL;
import static io.vtlb.conformance.run.Misbehaviour.Kind.UNASKED_LINE;
import static io.vtlb.conformance.run.Misbehaviour.Kind.UNSUPPORTED;
import static io.vtlb.conformance.run.Misbehaviour.Kind.WRONG_NUMBER;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** What is to be said of each way to misbehave. */
final class Cases {

  private static final Duration SECOND = Duration.ofSeconds(1);

  private Cases() {}

  static List<Case> all() {
    return Stream.of(
            hangs(), ends(), lines(), numbers(), values(), excesses(), children(), starts())
        .flatMap(List::stream)
        .toList();
  }

  private static List<Case> hangs() {
    return List.of(
        Case.of(Way.HANG_BEFORE_HELLO, HANG_AT_START, "did not say what it is in 1 s")
            .within(SECOND, SECOND),
        Case.of(Way.HANG_AT_HELLO, HANG_AT_START, "did not say what it is in 1 s")
            .within(SECOND, SECOND),
        Case.hang(Way.HANG_IN_CREATE, "did not answer in 1500 ms: create of machine 0"),
        Case.hang(Way.HANG_IN_EVENT, "did not answer in 1500 ms: page-fault"),
        Case.hang(Way.HANG_IN_ENTRIES, "did not answer in 1500 ms: entries"),
        Case.hang(Way.HANG_AND_IGNORE_SIGTERM, "did not answer in 1500 ms: page-fault"),
        Case.hang(Way.TRICKLE, "did not answer in 1500 ms: page-fault"),
        Case.of(Way.SLOW, HANG_IN_SEQUENCE, "did not finish a sequence in 2 s")
            .within(Duration.ofSeconds(30), Duration.ofSeconds(2)));
  }

  private static List<Case> ends() {
    return List.of(
        Case.of(Way.EXIT_0, EXIT, "ended itself with exit code 0"),
        Case.of(Way.EXIT_7, EXIT, "ended itself with exit code 7"),
        Case.of(Way.EXIT_255, EXIT, "ended itself with exit code 255"),
        Case.of(Way.EXIT_BEFORE_HELLO, EXIT, "ended itself with exit code 2"),
        Case.of(Way.EXIT_AFTER_ITS_ANSWER, EXIT, "ended itself with exit code 9"),
        Case.of(Way.HALT, EXIT, "ended itself with exit code 3"),
        Case.of(Way.EXCEPTION, EXIT, "ended itself with exit code 1"),
        Case.of(Way.SIGKILL, SIGNAL, "was ended by SIGKILL"),
        Case.of(Way.SIGSEGV, SIGNAL, "was ended by SIGSEGV"),
        Case.of(Way.SIGABRT, SIGNAL, "was ended by SIGABRT"),
        Case.of(Way.SIGTERM, SIGNAL, "was ended by SIGTERM"),
        Case.of(Way.GIVES_UP, GAVE_UP, "gave up at page-fault: \"out of shadow pages\""),
        Case.of(Way.GIVES_UP_AND_EXITS, GAVE_UP, "\"out of shadow pages\""),
        Case.of(Way.UNSUPPORTED, UNSUPPORTED, "the target declares mode "),
        Case.of(Way.CLOSES_OUTPUT, END_OF_STREAM, "closed its standard output, but did not end"),
        Case.of(Way.CLOSES_INPUT, END_OF_STREAM, "closed its standard input, but did not end"),
        Case.of(Way.CLOSES_BOTH_AND_SPINS, END_OF_STREAM, "closed its standard output"));
  }

  private static List<Case> lines() {
    return List.of(
        Case.of(Way.OVER_LONG_LINE, OVER_LONG_LINE, "a line of more than 1 MiB"),
        Case.of(Way.OVER_LONG_LINE_WITHOUT_END, OVER_LONG_LINE, "a line of more than 1 MiB"),
        Case.of(Way.NOT_JSON, INVALID_JSON, "page-fault is not JSON from column 1 on: \"resume\""),
        Case.of(Way.LOG_LINE, INVALID_JSON, "\"debug: event 3\""),
        Case.of(Way.EMPTY_LINE, INVALID_JSON, "\"\""),
        Case.of(Way.BANNER, INVALID_JSON, "\"This is a virtual TLB.\""),
        Case.of(Way.ARRAY, INVALID_JSON, "is not a JSON object but [{"),
        Case.of(Way.TWO_VALUES, INVALID_JSON, "has more than one JSON value"),
        Case.of(Way.CUT_OFF, INVALID_JSON, "is not JSON from column"),
        Case.of(Way.NOT_UTF8, INVALID_JSON, "a line that is not UTF-8 text"),
        Case.of(Way.DEEP, INVALID_JSON, "too deeply nested"),
        Case.of(Way.LONG_NUMBER, INVALID_JSON, "number or name too long"),
        Case.of(Way.FIELD_TWICE, INVALID_JSON, "field \"action\": is given twice"));
  }

  private static List<Case> numbers() {
    return List.of(
        Case.of(Way.NEXT_NUMBER, WRONG_NUMBER, "(page-fault) was to be answered"),
        Case.of(Way.NEGATIVE_NUMBER, WRONG_NUMBER, "(page-fault) was to be answered"),
        Case.of(Way.EARLIER_ANSWER, UNASKED_LINE, "wrote another line for request"),
        Case.of(Way.SECOND_ANSWER, UNASKED_LINE, "each request has one answer"),
        Case.of(Way.OUTPUT_FLOOD, UNASKED_LINE, "each request has one answer"),
        Case.of(Way.NO_NUMBER, IMPOSSIBLE_VALUE, "field \"n\": is missing"),
        Case.of(Way.NUMBER_AS_TEXT, IMPOSSIBLE_VALUE, "field \"n\": must be a whole number"),
        Case.of(
            Way.NUMBER_WITH_LARGE_EXPONENT,
            IMPOSSIBLE_VALUE,
            "field \"n\": must be a whole number"));
  }

  private static List<Case> values() {
    return List.of(
        value(Way.UNKNOWN_FIELD, "field \"resynced\": is unknown"),
        value(Way.UNKNOWN_ACTION, "field \"action\": \"ignore\" is not one of resume, "),
        value(Way.NO_ACTION, "field \"action\": is missing"),
        value(Way.UNKNOWN_RIGHTS, "rights\": must be rwx"),
        value(Way.THREE_PAGES, "pages\": must be 1, 512, 1024 or 262144, not 3"),
        value(Way.UNALIGNED_LARGE_PAGE, "impossible entry"),
        value(Way.PAGE_AS_NUMBER, "page\": must be a hexadecimal text"),
        value(Way.KEY_16, "key\": must be 0 to 15, not 16"),
        value(Way.OVERLAPPING_ENTRIES, "two entries for one page"),
        value(Way.DROP_FOR_NO_VCPU, "drops for a virtual CPU that is not there"),
        value(Way.DROP_FOR_NEGATIVE_VM, "vm\": must be 0 to"),
        value(Way.WRITE_TO_NO_MACHINE, "vm\": there is no machine 15"),
        value(Way.WRITE_OF_THREE_BYTES, "bytes\": must be 4"),
        value(Way.EXPECTS_WHAT_IS_NOT_THERE, "guest memory does not hold this"));
  }

  private static List<Case> excesses() {
    return List.of(
        Case.of(Way.ERROR_FLOOD, OUTPUT_FLOOD, "more than 4 MiB to its standard error"),
        Case.of(Way.ENDLESS_READS, OUTPUT_FLOOD, "more than 64 KiB to its standard output")
            .writing(64L << 10),
        Case.hang(Way.ENDLESS_READS_WITHOUT_LISTENING, "did not answer in 1500 ms: page-fault"),
        Case.of(Way.MEMORY_GROWTH, MEMORY_GROWTH, "memory grew beyond 200 MiB"),
        Case.of(Way.MEMORY_GROWTH_OF_A_CHILD, MEMORY_GROWTH, "memory grew beyond 200 MiB"));
  }

  private static List<Case> children() {
    return List.of(
        Case.of(Way.LEAVES_A_CHILD, EXIT, "ended itself with exit code 0"),
        Case.hang(Way.LEAVES_A_DAEMON, "did not answer in 1500 ms"),
        Case.of(Way.LEAVES_A_CHILD_WITH_ITS_PIPES, EXIT, "exit code 7"),
        Case.of(Way.LEAVES_A_CHILD_WITH_ITS_PIPES_AND_NO_ENVIRONMENT, EXIT, "exit code 7"));
  }

  private static List<Case> starts() {
    return List.of(
        value(Way.OTHER_PROTOCOL, "field \"protocol\": must be \"vtlb-target/1\""),
        value(Way.UNKNOWN_FEATURE, "\"telepathy\" is not one of "),
        value(Way.NAME_FOR_A_TERMINAL, "field \"name\": has control characters"),
        value(Way.LEVEL_4, "field \"level\": must be 1 to 3, not 4"),
        value(Way.NO_MODES, "field \"modes\": "));
  }

  private static Case value(Way way, String told) {
    return Case.of(way, IMPOSSIBLE_VALUE, told);
  }
}
