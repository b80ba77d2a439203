package io.vtlb.conformance.trace;

import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.PdpteRegisters;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Control states as traces hold them: four registers, and the PDPTE registers if any is set. */
final class ControlFormat {

  private ControlFormat() {}

  static void put(ObjectNode json, ControlState state) {
    json.put("cr0", Hex.of(state.cr0()));
    json.put("cr3", Hex.of(state.cr3()));
    json.put("cr4", Hex.of(state.cr4()));
    json.put("efer", Hex.of(state.efer()));
    if (!state.pdptes().equals(PdpteRegisters.NONE)) {
      ArrayNode pdptes = json.putArray("pdptes");
      state.pdptes().entries().forEach(entry -> pdptes.add(Hex.of(entry)));
    }
  }

  /** Reads any 64 bits for each register, whether a processor can hold them or not. */
  static ControlState read(Fields fields) throws BadTrace {
    return new ControlState(
        fields.hex("cr0"),
        fields.hex("cr3"),
        fields.hex("cr4"),
        fields.hex("efer"),
        fields.has("pdptes") ? pdptes(fields) : PdpteRegisters.NONE);
  }

  private static PdpteRegisters pdptes(Fields fields) throws BadTrace {
    Fields elements = fields.elements("pdptes");
    if (elements.names().size() != PdpteRegisters.COUNT) {
      throw fields.bad("pdptes", "there are four PDPTE registers, not " + elements.names().size());
    }
    List<Long> entries = new ArrayList<>();
    for (String index : elements.names()) {
      entries.add(elements.hex(index));
    }
    return new PdpteRegisters(entries);
  }
}
