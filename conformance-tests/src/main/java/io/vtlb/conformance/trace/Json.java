package io.vtlb.conformance.trace;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamContext;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** One line of a trace as JSON: exactly one object, with no name twice in it. */
final class Json {

  /**
   * Writes ASCII only, so that any text survives any terminal and no character (half a surrogate
   * pair) is lost in UTF-8.
   */
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
          .build();

  /** As much of a value as a message shows, in characters. */
  private static final int SHOWN = 60;

  private Json() {}

  /** An object to put fields into; they are written in the order of putting. */
  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  /** One line of printable ASCII; the mapper itself leaves DEL as it is. */
  static String text(JsonNode node) {
    return MAPPER.writeValueAsString(node).replace("\u007f", "\\u007F");
  }

  /** A value as a message shows it: on one line, in ASCII, and not too long. */
  static String shown(JsonNode node) {
    String text = text(node);
    return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...";
  }

  /** A text as a message shows it, in quotes. */
  static String shown(String text) {
    return shown(JsonNodeFactory.instance.stringNode(text));
  }

  static Fields parse(TraceLines.Line line) throws BadTrace {
    try (JsonParser parser = MAPPER.createParser(line.text())) {
      JsonNode node = MAPPER.readTree(parser);
      if (parser.nextToken() != null) {
        throw line.place().bad("has more than one JSON value; a trace has one object on each line");
      }
      if (!(node instanceof ObjectNode object)) {
        throw line.place().bad("is not a JSON object but " + shown(node));
      }
      return new Fields(line.place(), "", object);
    } catch (JacksonException failure) {
      throw line.place().bad(problem(line, failure));
    }
  }

  private static String problem(TraceLines.Line line, JacksonException failure) {
    if (failure instanceof StreamConstraintsException) {
      return "is JSON too deeply nested, or has a number or name too long, to be a trace";
    }
    if (failure.processor() instanceof JsonParser parser && duplicate(failure)) {
      return "field " + shown(path(parser.streamReadContext())) + ": is given twice";
    }
    int column = failure.getLocation().getColumnNr();
    return cutOff(line, column)
        ? "the trace is cut off in the middle of this line"
        : "is not JSON from column " + column + " on";
  }

  private static boolean cutOff(TraceLines.Line line, int column) {
    String text = line.text().strip();
    return !line.terminated()
        && text.startsWith("{")
        && (column > text.length() || !text.endsWith("}"));
  }

  private static boolean duplicate(JacksonException failure) {
    return failure.getOriginalMessage().startsWith("Duplicate ");
  }

  /** Where a parser stands, for example {@code machines[0].vcpus}. */
  private static String path(TokenStreamContext context) {
    TokenStreamContext outer = context.getParent();
    if (context.inRoot() || outer == null) {
      return "";
    }
    String prefix = path(outer);
    if (context.inArray()) {
      return prefix + "[" + context.getCurrentIndex() + "]";
    }
    return (prefix.isEmpty() ? "" : prefix + ".") + context.currentName();
  }
}
