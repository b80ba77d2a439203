package io.vtlb.conformance.sweep;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * How far a sweep has come, as a file: one JSON document, replaced as a whole, so that it is valid
 * whenever the sweep is ended.
 *
 * @param selection the modes that are swept, as the command names them
 * @param fingerprint a check sum of what decides which combination a number names
 * @param finished true if nothing is left to do, and the result has been shown
 * @param tallies what has been compared of each mode, in the order of the modes
 */
public record Checkpoint(
    String selection, String fingerprint, boolean finished, List<Tally> tallies) {

  private static final String SCHEMA = "vtlb-sweep-checkpoint/1";
  private static final JsonMapper MAPPER = new JsonMapper();

  public Checkpoint {
    tallies = List.copyOf(tallies);
  }

  /**
   * Where a sweep of these modes stands.
   *
   * @param shown true if its result has been shown, which ends it
   */
  public static Checkpoint of(
      String selection, List<SweptMode> modes, List<Tally> tallies, boolean shown) {
    boolean finished = shown;
    for (int i = 0; i < modes.size(); i++) {
      finished &= tallies.get(i).compared() == modes.get(i).combinations();
    }
    return new Checkpoint(selection, fingerprint(modes), finished, tallies);
  }

  /** Says which modes a file is about. */
  public static String selection(Path file) throws BadCheckpoint {
    return text(document(file), "selection", file);
  }

  /**
   * Reads where a sweep of these modes stood.
   *
   * @throws BadCheckpoint if the file is none, or of another sweep, or of one that is finished
   */
  public static Checkpoint read(Path file, String selection, List<SweptMode> modes)
      throws BadCheckpoint {
    ObjectNode document = document(file);
    String foreign = text(document, "selection", file);
    if (!foreign.equals(selection)) {
      throw new BadCheckpoint(file + " is of a sweep of " + foreign + ", not of " + selection);
    }
    if (!text(document, "fingerprint", file).equals(fingerprint(modes))) {
      throw new BadCheckpoint(file + " is of another version of the sweep; start a new one");
    }
    List<Tally> tallies = tallies(document, modes, file);
    boolean shown = document.path("finished").asBoolean(false);
    Checkpoint checkpoint = of(selection, modes, tallies, shown);
    if (checkpoint.finished) {
      throw new BadCheckpoint(file + " is of a sweep that is finished; start a new one");
    }
    return checkpoint;
  }

  /** Replaces the file at once: whoever reads it sees the old document or the new one. */
  public void write(Path file) throws IOException {
    Path whole = file.toAbsolutePath();
    Path beside = whole.resolveSibling(whole.getFileName() + ".new");
    Files.writeString(beside, json().toPrettyString() + "\n");
    Files.move(beside, whole, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private ObjectNode json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("schema", SCHEMA);
    json.put("selection", selection);
    json.put("fingerprint", fingerprint);
    json.put("finished", finished);
    ArrayNode modes = json.putArray("modes");
    for (Tally tally : tallies) {
      ObjectNode mode = modes.addObject();
      mode.put("compared", tally.compared());
      mode.put("disagreements", tally.disagreements());
      ArrayNode shown = mode.putArray("shown");
      tally.shown().forEach(shown::add);
    }
    return json;
  }

  private static List<Tally> tallies(ObjectNode document, List<SweptMode> modes, Path file)
      throws BadCheckpoint {
    JsonNode recorded = document.path("modes");
    List<Tally> tallies = new ArrayList<>();
    for (int i = 0; i < modes.size(); i++) {
      JsonNode one = recorded.path(i);
      long end = modes.get(i).combinations();
      long compared = number(one.path("compared"), end, file);
      List<Long> shown = new ArrayList<>();
      for (JsonNode number : one.path("shown")) {
        shown.add(number(number, end - 1, file));
      }
      long disagreements = number(one.path("disagreements"), compared, file);
      if (shown.size() != Math.min(disagreements, Tally.SHOWN)) {
        throw none(file);
      }
      tallies.add(new Tally(compared, disagreements, shown));
    }
    if (recorded.size() != modes.size()) {
      throw none(file);
    }
    return tallies;
  }

  private static long number(JsonNode node, long most, Path file) throws BadCheckpoint {
    if (!node.isIntegralNumber()
        || !node.canConvertToLong()
        || node.asLong() < 0
        || node.asLong() > most) {
      throw none(file);
    }
    return node.asLong();
  }

  private static String text(ObjectNode document, String key, Path file) throws BadCheckpoint {
    JsonNode node = document.path(key);
    if (!node.isString()) {
      throw none(file);
    }
    return node.asString();
  }

  private static ObjectNode document(Path file) throws BadCheckpoint {
    if (!Files.isRegularFile(file)) {
      throw new BadCheckpoint(file + " is no file");
    }
    try {
      if (MAPPER.readTree(Files.readString(file)) instanceof ObjectNode document
          && document.path("schema").isString()
          && document.path("schema").asString().equals(SCHEMA)) {
        return document;
      }
      throw none(file);
    } catch (IOException | JacksonException unreadable) {
      throw none(file);
    }
  }

  private static BadCheckpoint none(Path file) {
    return new BadCheckpoint(file + " is no checkpoint of a sweep (" + SCHEMA + ")");
  }

  private static String fingerprint(List<SweptMode> modes) {
    long sum = 0;
    for (SweptMode mode : modes) {
      sum = sum * 31 + mode.fingerprint();
    }
    return "%016x".formatted(sum);
  }
}
