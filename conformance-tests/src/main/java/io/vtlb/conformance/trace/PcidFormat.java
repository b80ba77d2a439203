package io.vtlb.conformance.trace;

import io.vtlb.model.machine.InvalidationType;
import tools.jackson.databind.node.ObjectNode;

/** What INVPCID names, in operations and events: {@code type}, {@code pcid}, {@code address}. */
final class PcidFormat {

  private static final int MAX_PCID = 0xFFF;

  private PcidFormat() {}

  static void put(ObjectNode json, InvalidationType type, int pcid, long address) {
    json.put("type", Words.of(type));
    json.put("pcid", pcid);
    json.put("address", Hex.of(address));
  }

  static InvalidationType type(Fields fields) throws BadTrace {
    return fields.word("type", InvalidationType.class);
  }

  static int pcid(Fields fields) throws BadTrace {
    return fields.number("pcid", 0, MAX_PCID);
  }
}
