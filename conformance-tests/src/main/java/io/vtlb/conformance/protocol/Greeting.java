package io.vtlb.conformance.protocol;

import io.vtlb.conformance.trace.BadTrace;
import io.vtlb.conformance.trace.Fields;
import io.vtlb.model.machine.Paging;
import io.vtlb.model.target.Description;
import io.vtlb.model.target.Feature;
import io.vtlb.model.target.ObservationLevel;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a target says first.
 *
 * @param description what it is
 * @param asksForMemory true if it reads guest memory through the kit, false if it keeps a copy
 */
record Greeting(Description description, boolean asksForMemory) {

  static final String PROTOCOL = "vtlb-target/1";

  private static final String MIRROR = "mirror";
  private static final String ASK = "ask";

  /** Asks a target that was just started what it is. */
  static Greeting of(Conversation conversation, int lineBytes) {
    ObjectNode hello = Conversation.request("hello");
    hello.put("protocol", PROTOCOL);
    hello.put("kit", "vtlb 0.1.0");
    hello.put("longestLine", lineBytes);
    conversation.ask(hello, "hello");
    return conversation.answer().required(Greeting::read);
  }

  private static Greeting read(Fields fields) throws BadTrace {
    fields.only(
        "the answer to hello",
        "n",
        "protocol",
        "name",
        "version",
        "level",
        "modes",
        "features",
        "memory");
    if (!fields.text("protocol").equals(PROTOCOL)) {
      throw fields.bad("protocol", "must be \"" + PROTOCOL + "\", which this vtlb speaks");
    }
    Set<Feature> features = features(fields);
    boolean asks = asks(fields);
    if (features.contains(Feature.INTERLEAVING) && !asks) {
      throw fields.bad(
          "features", "interleaving needs \"memory\":\"ask\": a copy is not read through the kit");
    }
    Description description =
        new Description(
            name(fields), printable(fields, "version"), level(fields), modes(fields), features);
    return new Greeting(description, asks);
  }

  private static String name(Fields fields) throws BadTrace {
    String name = printable(fields, "name");
    if (name.isBlank()) {
      throw fields.bad("name", "is empty");
    }
    return name;
  }

  /** A text that reports may show as it is. */
  private static String printable(Fields fields, String field) throws BadTrace {
    String text = fields.text(field);
    if (text.chars().anyMatch(Character::isISOControl)) {
      throw fields.bad(field, "has control characters");
    }
    return text;
  }

  private static ObservationLevel level(Fields fields) throws BadTrace {
    return switch (fields.number("level", 1, 3)) {
      case 1 -> ObservationLevel.GUEST_VISIBLE;
      case 2 -> ObservationLevel.ACTIVE_STRUCTURE;
      default -> ObservationLevel.SELF_REPORTING;
    };
  }

  private static boolean asks(Fields fields) throws BadTrace {
    if (!fields.has("memory")) {
      return false;
    }
    String memory = fields.text("memory");
    if (!List.of(MIRROR, ASK).contains(memory)) {
      throw fields.bad("memory", "must be \"mirror\" or \"ask\"");
    }
    return memory.equals(ASK);
  }

  private static Set<Paging> modes(Fields fields) throws BadTrace {
    Fields elements = fields.elements("modes");
    Set<Paging> modes = EnumSet.noneOf(Paging.class);
    for (String index : elements.names()) {
      String word = elements.text(index);
      Paging mode =
          Paging.ofWord(word)
              .orElseThrow(
                  () -> elements.bad(index, "must be none, 32-bit, PAE, 4-level or 5-level"));
      if (!modes.add(mode)) {
        throw elements.bad(index, "is listed twice");
      }
    }
    if (modes.isEmpty()) {
      throw fields.bad("modes", "a target serves at least one mode");
    }
    return modes;
  }

  private static Set<Feature> features(Fields fields) throws BadTrace {
    Fields elements = fields.elements("features");
    Set<Feature> features = EnumSet.noneOf(Feature.class);
    for (String index : elements.names()) {
      if (!features.add(elements.word(index, Feature.class))) {
        throw elements.bad(index, "is listed twice");
      }
    }
    return features;
  }
}
