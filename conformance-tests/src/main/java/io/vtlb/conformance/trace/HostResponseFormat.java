package io.vtlb.conformance.trace;

import io.vtlb.model.event.HostResponse;
import java.util.HashSet;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The record {@code host-response}: how the target followed what its host did.
 *
 * <p>Like a response it is kept as the target gave it; frames are written in ascending order.
 */
final class HostResponseFormat {

  private HostResponseFormat() {}

  static ObjectNode json(int n, HostResponse response) {
    ObjectNode json = Json.object();
    json.put("record", "host-response");
    json.put("n", n);
    put(json, response);
    return json;
  }

  /** The fields from {@code drops} on. */
  static void put(ObjectNode json, HostResponse response) {
    DropsFormat.put(json, response.drops());
    ArrayNode frames = json.putArray("dirtyFrames");
    response.dirtyFrames().stream()
        .sorted(Long::compareUnsigned)
        .forEach(frame -> frames.add(Hex.of(frame)));
  }

  static HostResponse read(Fields fields) throws BadTrace {
    fields.only("a host-response", "record", "n", "drops", "dirtyFrames");
    return readFields(fields);
  }

  /** Reads the fields of a response whose names are known already. */
  static HostResponse readFields(Fields fields) throws BadTrace {
    return new HostResponse(DropsFormat.read(fields), frames(fields.elements("dirtyFrames")));
  }

  private static Set<Long> frames(Fields elements) throws BadTrace {
    Set<Long> frames = new HashSet<>();
    for (String element : elements.names()) {
      long frame = elements.hex(element);
      if (!frames.add(frame)) {
        throw elements.bad(element, Hex.of(frame) + " is given twice");
      }
    }
    return frames;
  }
}
