package io.vtlb.conformance.recording;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/** The fields of one record, read by name and type; each failure names its line and field. */
final class RecordFields {

  private static final JsonFactory JSON =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  /** The most digits of a hexadecimal value of 64 bits. */
  private static final int HEX_DIGITS = 16;

  /** As much of a value as a message shows, in characters. */
  private static final int SHOWN = 40;

  private final long line;
  private final String prefix;
  private final Map<String, @Nullable Object> values = new HashMap<>();

  private RecordFields(long line, String prefix) {
    this.line = line;
    this.prefix = prefix;
  }

  static RecordFields parse(RecordingLines.Line line) throws BadRecording {
    byte[] bytes = line.bytes();
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), bytes, 0, bytes.length)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new BadRecording(line.number(), "is not a JSON object; " + EXPECTED);
      }
      RecordFields fields = new RecordFields(line.number(), "");
      fields.readFrom(parser);
      if (parser.nextToken() != null) {
        throw new BadRecording(line.number(), "has more than one JSON value; " + EXPECTED);
      }
      return fields;
    } catch (JacksonException failure) {
      throw notJson(line, failure);
    }
  }

  private static final String EXPECTED = "a recording has one JSON object on each line";

  private static BadRecording notJson(RecordingLines.Line line, JacksonException failure) {
    if (!line.terminated() && line.bytes()[0] == '{') {
      return new BadRecording(line.number(), "the line is cut off; copy the file again");
    }
    if (failure.getOriginalMessage().startsWith("Duplicate ")) {
      return new BadRecording(line.number(), "has a field twice; " + EXPECTED);
    }
    // A value beyond the parser's limits has no place of its own.
    String from =
        failure.getLocation() == null
            ? " that can be read"
            : " from column " + failure.getLocation().getColumnNr() + " on";
    return new BadRecording(
        line.number(), "is not JSON" + from + "; a recording is JSON Lines, plain or gzipped");
  }

  private void readFrom(JsonParser parser) {
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      values.put(name, value(parser, prefix + name));
    }
  }

  private @Nullable Object value(JsonParser parser, String path) {
    return switch (parser.currentToken()) {
      case VALUE_STRING -> parser.getString();
      case VALUE_NUMBER_INT ->
          parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
              ? (Object) parser.getBigIntegerValue()
              : (Object) parser.getLongValue();
      case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case START_ARRAY -> {
        List<@Nullable Object> list = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          list.add(value(parser, path));
        }
        yield list;
      }
      case START_OBJECT -> {
        RecordFields nested = new RecordFields(line, path + ".");
        nested.readFrom(parser);
        yield nested;
      }
      default -> null;
    };
  }

  long line() {
    return line;
  }

  boolean has(String name) {
    return values.get(name) != null;
  }

  /** A failure that concerns one field. */
  BadRecording bad(String name, String problem) {
    return BadRecording.field(line, prefix + name, problem);
  }

  private BadRecording wrong(String name, String expected, @Nullable Object value) {
    return bad(name, "must be " + expected + ", not " + shown(value) + "; " + REMEDY);
  }

  private static final String REMEDY = "record it again, or correct the line";

  /** A value as a message shows it: on one line, and not too long. */
  private static String shown(@Nullable Object value) {
    String text =
        switch (value) {
          case null -> "null";
          case String string -> '"' + string.replaceAll("\\p{Cntrl}", "?") + '"';
          case List<?> list -> "a list";
          case RecordFields object -> "an object";
          default -> String.valueOf(value);
        };
    return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...";
  }

  private Object value(String name) throws BadRecording {
    Object value = values.get(name);
    if (value == null) {
      throw bad(name, (values.containsKey(name) ? "is null; " : "is missing; ") + REMEDY);
    }
    return value;
  }

  String text(String name) throws BadRecording {
    Object value = value(name);
    if (value instanceof String text) {
      return text;
    }
    throw wrong(name, "a text", value);
  }

  /** A small whole number. */
  int number(String name, int min, int max) throws BadRecording {
    Object value = value(name);
    if (value instanceof Long number && number >= min && number <= max) {
      return number.intValue();
    }
    throw wrong(name, "a whole number from " + min + " to " + max, value);
  }

  /** A flag: 0 or 1. */
  boolean flag(String name) throws BadRecording {
    return number(name, 0, 1) == 1;
  }

  /** A flag that is left out where it is 0. */
  boolean optionalFlag(String name) throws BadRecording {
    return has(name) && flag(name);
  }

  /** Any 64 bits, in hexadecimal. */
  long hex(String name) throws BadRecording {
    return hex(name, value(name));
  }

  /** Any 64 bits, in hexadecimal; 0 where the field is left out. */
  long optionalHex(String name) throws BadRecording {
    return has(name) ? hex(name) : 0;
  }

  /**
   * Any 64 bits, in hexadecimal, from inside a field.
   *
   * @param name the field that holds the value
   */
  long hex(String name, @Nullable Object value) throws BadRecording {
    if (value instanceof String text && isHex(text)) {
      return Long.parseUnsignedLong(text, 2, text.length(), HEX_DIGITS);
    }
    throw wrong(name, "a hexadecimal text such as \"0x1000\"", value);
  }

  private static boolean isHex(String text) {
    if (!text.startsWith("0x") || text.length() == 2 || text.length() > 2 + HEX_DIGITS) {
      return false;
    }
    for (int i = 2; i < text.length(); i++) {
      if (Character.digit(text.charAt(i), HEX_DIGITS) < 0 || text.charAt(i) > 'f') {
        return false;
      }
    }
    return true;
  }

  /**
   * The rows of a field that is a list of lists of one length.
   *
   * @param shape the row as a message shows it
   */
  List<List<?>> rows(String name, int length, String shape) throws BadRecording {
    Object value = value(name);
    List<List<?>> rows = new ArrayList<>();
    if (value instanceof List<?> list) {
      for (Object row : list) {
        if (row instanceof List<?> items && items.size() == length) {
          rows.add(items);
        }
      }
      if (rows.size() == list.size()) {
        return rows;
      }
    }
    throw bad(name, "must be a list of " + shape + "; " + REMEDY);
  }

  /** A field that is an object. */
  RecordFields object(String name) throws BadRecording {
    Object value = value(name);
    if (value instanceof RecordFields fields) {
      return fields;
    }
    throw wrong(name, "an object", value);
  }
}
