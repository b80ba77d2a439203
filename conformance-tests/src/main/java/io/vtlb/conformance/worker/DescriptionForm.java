package io.vtlb.conformance.worker;

import io.vtlb.conformance.trace.BadTrace;
import io.vtlb.conformance.trace.Fields;
import io.vtlb.conformance.trace.SharedForms;
import io.vtlb.conformance.trace.Words;
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
    json.put("level", Words.of(description.level()));
    ArrayNode modes = json.putArray("modes");
    description.modes().forEach(mode -> modes.add(Words.of(mode)));
    ArrayNode features = json.putArray("features");
    description.features().forEach(feature -> features.add(Words.of(feature)));
    return json;
  }

  static Description read(Fields json) throws BadTrace {
    Set<Paging> modes = words(json.elements("modes"), Paging.class);
    if (modes.isEmpty()) {
      throw json.bad("modes", "lists none");
    }
    return new Description(
        json.text("name"),
        json.text("version"),
        json.word("level", ObservationLevel.class),
        modes,
        words(json.elements("features"), Feature.class));
  }

  private static <E extends Enum<E>> Set<E> words(Fields words, Class<E> type) throws BadTrace {
    Set<E> constants = EnumSet.noneOf(type);
    for (String index : words.names()) {
      constants.add(words.word(index, type));
    }
    return constants;
  }
}
