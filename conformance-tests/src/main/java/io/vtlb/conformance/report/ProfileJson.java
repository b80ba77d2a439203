package io.vtlb.conformance.report;

import io.vtlb.conformance.verify.ClaimsJudged;
import io.vtlb.conformance.verify.DeclaredProfile;
import io.vtlb.conformance.verify.Verdict;
import io.vtlb.model.machine.Paging;
import io.vtlb.model.target.Feature;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What a target declared and what that decided, as JSON. */
final class ProfileJson {

  private ProfileJson() {}

  static ObjectNode of(DeclaredProfile profile) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("name", profile.target().name());
    json.put("version", profile.target().version());
    json.put("level", profile.target().level().number());
    json.set("modes", texts(profile.target().modes().stream().map(Paging::word).toList()));
    json.set("features", texts(profile.target().features().stream().map(Feature::word).toList()));
    json.set("notGenerated", texts(profile.notGenerated()));
    json.set("promises", texts(profile.promises()));
    json.set("onTrust", texts(profile.onTrust()));
    return json;
  }

  /** Which claims were judged, and why the others were not. */
  static ObjectNode claims(Verdict verdict) {
    ClaimsJudged claims = ClaimsJudged.of(verdict);
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ArrayNode judged = json.putArray("judged");
    claims.judged().forEach(judged::add);
    ArrayNode others = json.putArray("notJudged");
    claims
        .notJudged()
        .forEach((claim, reason) -> others.addObject().put("claim", claim).put("reason", reason));
    return json;
  }

  private static ArrayNode texts(List<String> list) {
    ArrayNode json = JsonNodeFactory.instance.arrayNode();
    list.forEach(json::add);
    return json;
  }
}
