package io.vtlb.specs.claim;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads the claims from the data that ships with this module. */
public final class Claims {

  private Claims() {}

  /** All 30 claims, ascending. */
  public static List<Claim> all() {
    try (InputStream data =
        Objects.requireNonNull(Claims.class.getResourceAsStream("claims.json"), "claims.json")) {
      List<Claim> claims = new ArrayList<>();
      for (JsonNode node : JsonMapper.shared().readTree(data)) {
        claims.add(claim(node));
      }
      return List.copyOf(claims);
    } catch (IOException e) {
      throw new UncheckedIOException("the claims of this build cannot be read", e);
    }
  }

  private static Claim claim(JsonNode node) {
    List<Integer> dependsOn = new ArrayList<>();
    node.required("dependsOn").forEach(number -> dependsOn.add(number.asInt()));
    return new Claim(
        node.required("claim").asInt(),
        Claim.Form.valueOf(node.required("form").asString().toUpperCase(Locale.ROOT)),
        dependsOn,
        node.required("asks").asString());
  }
}
