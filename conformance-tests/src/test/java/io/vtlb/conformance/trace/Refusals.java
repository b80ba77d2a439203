package io.vtlb.conformance.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * Tables of bad traces, made from good lines by an edit, with the whole message that each one gets.
 */
final class Refusals {

  static final String WORLD = line(1);
  static final String LOAD = line(2);
  static final String FAULT = line(3);
  static final String INJECT = line(4);
  static final String FAULTED = line(5);
  static final String VERDICT =
      "{\"record\":\"verdict\",\"target\":\"t\",\"level\":2,\"outcome\":\"conforms\",\"rule\":null,\"step\":1,\"reason\":\"\"}\n";

  private Refusals() {}

  /**
   * One bad trace.
   *
   * @param message what is said of it after {@code trace.jsonl:}
   */
  record Bad(String text, String message) {}

  static Stream<DynamicTest> refused(Bad... cases) {
    return Stream.of(cases)
        .map(bad -> DynamicTest.dynamicTest(bad.message, () -> assertRefused(bad)));
  }

  private static void assertRefused(Bad bad) {
    byte[] bytes = bad.text.getBytes(StandardCharsets.UTF_8);
    BadTrace refusal =
        assertThrows(
            BadTrace.class, () -> TraceReader.read(new ByteArrayInputStream(bytes), "trace.jsonl"));
    assertEquals("trace.jsonl:" + bad.message, refusal.getMessage());
    assertEquals("trace.jsonl", refusal.source());
  }

  /** The world with one edit; the message is about a field of line 1. */
  static Bad world(String from, String to, String message) {
    return new Bad(edited(WORLD, from, to), "1: field \"" + message);
  }

  /** A load with one edit; the message is about a field of line 2. */
  static Bad operation(String from, String to, String message) {
    return new Bad(WORLD + edited(LOAD, from, to), "2: field \"" + message);
  }

  /** An operation with these fields of its own; the message is about a field of line 2. */
  static Bad fields(String op, String own, String message) {
    return new Bad(
        WORLD
            + "{\"record\":\"operation\",\"n\":1,\"op\":\"%s\",\"vm\":0,\"vcpu\":0,%s}\n"
                .formatted(op, own),
        "2: field \"" + message);
  }

  /** A line after the first operation, with one edit; the message is about a field of line 3. */
  static Bad after(String line, String from, String to, String message) {
    return new Bad(WORLD + LOAD + edited(line, from, to), "3: field \"" + message);
  }

  /** The same line under operation 2. */
  static String second(String line) {
    return edited(line, "\"n\":1", "\"n\":2");
  }

  /** A line with the first occurrence of a text replaced. */
  static String edited(String line, String from, String to) {
    int start = line.indexOf(from);
    if (start < 0) {
      throw new IllegalArgumentException(from + " does not occur in " + line);
    }
    return line.substring(0, start) + to + line.substring(start + from.length());
  }

  private static String line(int number) {
    return Samples.text(Samples.everyRecord()).lines().toList().get(number - 1) + "\n";
  }
}
