package io.vtlb.specs.claim;

import io.vtlb.model.rule.Rule;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The tests of this project that stand witness for a rule, from the data that ships with this
 * module.
 *
 * <p>Each is named {@code package.Class#method}; the kit's own tests check that they exist.
 */
public final class Witnesses {

  private final Map<Rule, List<String>> tests = new EnumMap<>(Rule.class);

  private Witnesses(JsonNode data) {
    for (Rule rule : Rule.values()) {
      List<String> names = new ArrayList<>();
      data.path(rule.id()).forEach(name -> names.add(name.asString()));
      tests.put(rule, List.copyOf(names));
    }
  }

  /** Reads the data. */
  public static Witnesses load() {
    try (InputStream data =
        Objects.requireNonNull(
            Witnesses.class.getResourceAsStream("witnesses.json"), "witnesses.json")) {
      return new Witnesses(JsonMapper.shared().readTree(data));
    } catch (IOException e) {
      throw new UncheckedIOException("the witnesses of this build cannot be read", e);
    }
  }

  /** The tests for a rule; for a derived rule, those for the rules that it follows from. */
  public List<String> testsFor(Rule rule) {
    TreeSet<String> names = new TreeSet<>(tests.getOrDefault(rule, List.of()));
    rule.derivedFrom().forEach(origin -> names.addAll(testsFor(origin)));
    return List.copyOf(names);
  }
}
