package io.vtlb.conformance.protocol;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A target's end of the conversation: requests come in, numbered from 1; lines go out. */
final class Wire {

  private static final JsonMapper STRICT =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final BufferedReader in;
  private final PrintStream out;
  private long last;

  Wire(InputStream in, PrintStream out) {
    this.in = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    this.out = out;
  }

  /**
   * A request.
   *
   * @param number its number
   * @param word what is asked
   * @param fields all other fields
   */
  record Request(long number, String word, ObjectNode fields) {}

  /** Serves a request while the answer to another one is still to come. */
  @FunctionalInterface
  interface Meanwhile {
    void serve(Request request);
  }

  /** The next request, or null at the end. */
  @Nullable Request next() {
    ObjectNode line = line();
    return line == null ? null : request(line);
  }

  void send(ObjectNode line) {
    out.print(STRICT.writeValueAsString(line) + "\n");
    out.flush();
  }

  /**
   * Asks something of the kit on the way to an answer; other requests may come first.
   *
   * @param question {@code n} and {@code read} or {@code write}
   * @return the line with the same {@code n}
   */
  ObjectNode ask(ObjectNode question, Meanwhile meanwhile) {
    send(question);
    while (true) {
      ObjectNode line = line();
      if (line == null) {
        throw new IllegalStateException("the input ended inside an answer");
      }
      if (!line.has("request")) {
        require(
            line.required("n").longValue() == question.required("n").longValue(),
            "is no reply to it",
            line);
        line.remove("n");
        return line;
      }
      meanwhile.serve(request(line));
    }
  }

  private @Nullable ObjectNode line() {
    try {
      String line = in.readLine();
      return line == null ? null : (ObjectNode) STRICT.readTree(line);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Request request(ObjectNode line) {
    last++;
    require(line.path("n").isIntegralNumber(), "has no number", line);
    require(line.required("n").longValue() == last, "is not number " + last, line);
    require(line.path("request").isString(), "is no request", line);
    line.remove("n");
    return new Request(last, line.remove("request").stringValue(), line);
  }

  private static void require(boolean holds, String otherwise, ObjectNode line) {
    if (!holds) {
      throw new IllegalStateException(otherwise + ": " + line);
    }
  }
}
