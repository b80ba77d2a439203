package io.vtlb.conformance.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.stream.Stream;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One command as a user types it, and what came of it.
 *
 * @param code the exit code
 * @param out what it printed on standard output
 * @param err what it printed on standard error
 */
record Typed(int code, String out, String err) {

  private static final JsonMapper STRICT =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  static Typed of(Object... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        Main.commandLine(new PrintWriter(out, true), new PrintWriter(err, true))
            .execute(Stream.of(arguments).map(Object::toString).toArray(String[]::new));
    return new Typed(code, out.toString(), err.toString());
  }

  /** Its output as the one JSON document that it is. */
  JsonNode json() {
    assertEquals("", err);
    return STRICT.readTree(out);
  }

  void assertExits(int expected) {
    assertEquals(expected, code, () -> out + err);
    assertEquals("", err);
    assertFalse(out.isEmpty());
  }

  /** Bad input: one line on standard error that names the culprit, and nothing else. */
  void assertRefused(String culprit) {
    assertEquals(2, code, () -> out + err);
    assertEquals("", out);
    assertEquals(1, err.lines().count(), err);
    assertTrue(err.startsWith("vtlb: "), err);
    assertTrue(err.contains(culprit), err);
    assertFalse(err.contains("\tat "), err);
  }
}
