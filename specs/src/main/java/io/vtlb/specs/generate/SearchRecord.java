package io.vtlb.specs.generate;

import io.vtlb.specs.cell.Cell;
import io.vtlb.specs.smt.Specification;
import io.vtlb.specs.smt.Twin;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a search was about.
 *
 * @param world the name of the small world
 * @param specification the SHA-256 of the world's whole text and of the mistakes in it, in
 *     hexadecimal digits
 * @param bound the most operations that a sequence might have
 * @param pairs the pairs of components that an event in some state of the world can have
 */
public record SearchRecord(String world, String specification, int bound, Set<String> pairs) {

  public SearchRecord {
    pairs = Set.copyOf(pairs);
  }

  /** The cells that the definitions leave room for in some state, reachable or not. */
  public Set<Cell> allowed() {
    return Stream.iterate(0, number -> number < Cell.COUNT, number -> number + 1)
        .map(Cell::of)
        .filter(cell -> Pairs.allow(pairs, cell))
        .collect(Collectors.toSet());
  }

  private static Set<String> pairs(JsonNode json) {
    Set<String> pairs = new TreeSet<>();
    json.forEach(pair -> pairs.add(pair.asString()));
    return pairs;
  }

  /** The SHA-256 of a world's text and of every mistake in it, in hexadecimal digits. */
  public static String hash(Specification specification, String world) {
    StringBuilder text = new StringBuilder(specification.smallWorld(world).text());
    for (Twin twin : specification.twins()) {
      text.append(twin.name()).append(twin.definition()).append(twin.mistake());
    }
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256")
                  .digest(text.toString().getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  ObjectNode json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("world", world);
    json.put("specification", specification);
    json.put("bound", bound);
    ArrayNode possible = json.putArray("pairs");
    new TreeSet<>(pairs).forEach(possible::add);
    return json;
  }

  static SearchRecord of(JsonNode json) {
    return new SearchRecord(
        json.get("world").asString(),
        json.get("specification").asString(),
        json.get("bound").asInt(),
        pairs(json.get("pairs")));
  }
}
