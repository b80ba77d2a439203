package io.vtlb.conformance.trace;

import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.Profile;
import io.vtlb.model.target.VmBlueprint.VcpuState;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** One element of the field {@code vcpus}: the state that a virtual CPU starts in. */
final class VcpuStateFormat {

  private VcpuStateFormat() {}

  /** Puts the state; what restricts nothing is left out. */
  static void put(ObjectNode json, VcpuState state) {
    ControlFormat.put(json, state.control());
    json.put("cpl", state.cpl());
    if (state.alignmentCheck()) {
      json.put("alignmentCheck", true);
    }
    if (state.pkru() != 0) {
      json.put("pkru", Hex.of(Integer.toUnsignedLong(state.pkru())));
    }
  }

  /** Reads a state that a processor of this profile can be in. */
  static VcpuState read(Fields fields, Profile profile) throws BadTrace {
    fields.only(
        "a virtual CPU", "cr0", "cr3", "cr4", "efer", "pdptes", "cpl", "alignmentCheck", "pkru");
    ControlState control = ControlFormat.read(fields);
    Optional<ImpossibleState> impossible = ImpossibleState.of(control, profile);
    if (impossible.isPresent()) {
      throw fields.bad(impossible.get().field(), impossible.get().problem());
    }
    return new VcpuState(
        control,
        fields.number("cpl", 0, 3),
        fields.has("alignmentCheck") && fields.flag("alignmentCheck"),
        fields.has("pkru") ? (int) fields.word("pkru") : 0);
  }
}
