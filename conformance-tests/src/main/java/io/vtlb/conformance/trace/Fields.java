package io.vtlb.conformance.trace;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The fields of one JSON object of a trace, read by name and type; each failure names its field.
 */
public final class Fields {

  private final Place place;
  private final String prefix;
  private final ObjectNode json;

  /**
   * @param prefix what stands before the field's own name in messages, for example {@code
   *     machines[0].}
   */
  public Fields(Place place, String prefix, ObjectNode json) {
    this.place = place;
    this.prefix = prefix;
    this.json = json;
  }

  public Place place() {
    return place;
  }

  public boolean has(String name) {
    return json.has(name);
  }

  /** Gives a field that may be missing, and is, an array without elements. */
  void supplyNone(String name) {
    if (!json.has(name)) {
      json.putArray(name);
    }
  }

  /** The names of the fields, in the order of the file. */
  public List<String> names() {
    return List.copyOf(json.propertyNames());
  }

  /** The name of a field from the outermost object on, for example {@code machines[0].words}. */
  public String path(String name) {
    return prefix + name;
  }

  /** A failure that concerns one field. */
  public BadTrace bad(String name, String problem) {
    return place.bad("field " + Json.shown(path(name)) + ": " + problem);
  }

  /**
   * Refuses every field but these: a name misspelt and passed over would change what a trace means.
   *
   * @param owner what these fields belong to, for the message
   */
  public void only(String owner, String... names) throws BadTrace {
    only(owner, List.of(), names);
  }

  /**
   * The same for one of several kinds of record that have fields in common.
   *
   * @param shared the fields that all kinds have
   * @param own the fields of this kind
   */
  public void only(String owner, List<String> shared, String... own) throws BadTrace {
    List<String> known = new ArrayList<>(shared);
    Collections.addAll(known, own);
    for (String name : json.propertyNames()) {
      if (!known.contains(name)) {
        throw bad(name, "is unknown; " + owner + " has " + String.join(", ", known));
      }
    }
  }

  public String text(String name) throws BadTrace {
    JsonNode value = value(name);
    if (!value.isString()) {
      throw wrong(name, "a text", value);
    }
    return value.stringValue();
  }

  public boolean flag(String name) throws BadTrace {
    JsonNode value = value(name);
    if (!value.isBoolean()) {
      throw wrong(name, "true or false", value);
    }
    return value.booleanValue();
  }

  public boolean isNull(String name) throws BadTrace {
    return value(name).isNull();
  }

  /** A whole number of 64 bits. */
  public long number(String name) throws BadTrace {
    JsonNode value = value(name);
    if (!value.isIntegralNumber()) {
      throw wrong(name, "a whole number", value);
    }
    if (!value.canConvertToLong()) {
      throw bad(name, Json.shown(value) + " does not fit in 64 bits");
    }
    return value.longValue();
  }

  public int number(String name, int min, int max) throws BadTrace {
    return (int) number(name, (long) min, max);
  }

  public long number(String name, long min, long max) throws BadTrace {
    long number = number(name);
    if (number < min || number > max) {
      throw bad(name, "must be " + min + " to " + max + ", not " + number);
    }
    return number;
  }

  /** Any 64 bits, in hexadecimal. */
  public long hex(String name) throws BadTrace {
    JsonNode value = value(name);
    if (!value.isString()) {
      throw wrong(name, "a hexadecimal text such as \"0x1000\"", value);
    }
    return Hex.parse(value.stringValue())
        .orElseThrow(() -> wrong(name, "a hexadecimal text such as \"0x1000\"", value));
  }

  /**
   * Bits of a number of limited width, in hexadecimal.
   *
   * @param max the largest value
   * @param problem what the message says of a larger value
   */
  public long hex(String name, long max, String problem) throws BadTrace {
    long value = hex(name);
    if (Long.compareUnsigned(value, max) > 0) {
      throw bad(name, Hex.of(value) + " " + problem);
    }
    return value;
  }

  /** The 32 bits of a word of memory or a register. */
  public long word(String name) throws BadTrace {
    return hex(name, Hex.MAX_32, "does not fit in 32 bits");
  }

  /**
   * An address, in hexadecimal.
   *
   * @param bytes what it must be a multiple of, 4 or 8
   */
  public long aligned(String name, int bytes) throws BadTrace {
    long address = hex(name);
    if ((address & (bytes - 1)) != 0) {
      throw bad(name, Hex.of(address) + " is not a multiple of " + bytes);
    }
    return address;
  }

  /** One of the words for the constants of a type. */
  public <E extends Enum<E>> E word(String name, Class<E> type) throws BadTrace {
    String word = text(name);
    for (E constant : type.getEnumConstants()) {
      if (Words.of(constant).equals(word)) {
        return constant;
      }
    }
    throw bad(name, Json.shown(word) + " is not one of " + String.join(", ", Words.all(type)));
  }

  public Fields object(String name) throws BadTrace {
    return object(name, value(name));
  }

  public List<Fields> objects(String name) throws BadTrace {
    List<Fields> objects = new ArrayList<>();
    for (JsonNode element : array(name)) {
      objects.add(object(name + "[" + objects.size() + "]", element));
    }
    return objects;
  }

  /** The elements of an array as fields, each with its index in brackets for a name. */
  public Fields elements(String name) throws BadTrace {
    ObjectNode elements = Json.object();
    for (JsonNode element : array(name)) {
      elements.set("[" + elements.size() + "]", element);
    }
    return new Fields(place, path(name), elements);
  }

  private JsonNode array(String name) throws BadTrace {
    JsonNode array = value(name);
    if (!array.isArray()) {
      throw wrong(name, "an array", array);
    }
    return array;
  }

  private Fields object(String name, JsonNode value) throws BadTrace {
    if (!(value instanceof ObjectNode object)) {
      throw wrong(name, "an object", value);
    }
    return new Fields(place, path(name) + ".", object);
  }

  private JsonNode value(String name) throws BadTrace {
    return json.optional(name).orElseThrow(() -> bad(name, "is missing"));
  }

  private BadTrace wrong(String name, String type, JsonNode value) {
    return bad(name, "must be " + type + ", not " + Json.shown(value));
  }
}
