package io.vtlb.specs.claim;

import io.vtlb.model.rule.Rule;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What no theorem says of a rule, and why, from the data that ships with this module.
 *
 * <p>A rule without any theorem must be here.
 */
public final class Gaps {

  private final Map<Rule, String> reasons = new EnumMap<>(Rule.class);

  private Gaps(JsonNode data) {
    data.properties()
        .forEach(
            gap -> reasons.put(Rule.byId(gap.getKey()).orElseThrow(), gap.getValue().asString()));
  }

  /** Reads the data. */
  public static Gaps load() {
    try (InputStream data =
        Objects.requireNonNull(Gaps.class.getResourceAsStream("gaps.json"), "gaps.json")) {
      return new Gaps(JsonMapper.shared().readTree(data));
    } catch (IOException e) {
      throw new UncheckedIOException("the gaps of this build cannot be read", e);
    }
  }

  /** What is left out of a rule's theorems, in one sentence, if anything is. */
  public Optional<String> of(Rule rule) {
    return Optional.ofNullable(reasons.get(rule));
  }
}
