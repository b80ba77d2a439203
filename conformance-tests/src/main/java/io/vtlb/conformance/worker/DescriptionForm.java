package io.vtlb.conformance.worker;

import io.vtlb.conformance.trace.BadTrace;
import io.vtlb.conformance.trace.Fields;
import io.vtlb.conformance.trace.SharedForms;
import io.vtlb.model.machine.Paging;
import io.vtlb.model.target.Description;
import io.vtlb.model.target.Feature;
import io.vtlb.model.target.ObservationLevel;
import java.util.EnumSet;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What a target is, as a worker tells it first. */
public final class DescriptionForm {

  private DescriptionForm() {}

  /** The fields of a description. */
  public static ObjectNode of(Description description) {
    ObjectNode json = SharedForms.object();
    json.put("name", description.name());
    json.put("version", description.version());
    json.put("level", description.level().name());
    ArrayNode modes = json.putArray("modes");
    description.modes().forEach(mode -> modes.add(mode.name()));
    ArrayNode features = json.putArray("features");
    description.features().forEach(feature -> features.add(feature.name()));
    return json;
  }

  static Description read(Fields json) throws BadTrace {
    return new Description(
        json.text("name"),
        json.text("version"),
        ObservationLevel.valueOf(json.text("level")),
        names(json.elements("modes"), Paging.class),
        names(json.elements("features"), Feature.class));
  }

  private static <E extends Enum<E>> Set<E> names(Fields names, Class<E> type) throws BadTrace {
    Set<E> constants = EnumSet.noneOf(type);
    for (String index : names.names()) {
      constants.add(Enum.valueOf(type, names.text(index)));
    }
    return constants;
  }
}
