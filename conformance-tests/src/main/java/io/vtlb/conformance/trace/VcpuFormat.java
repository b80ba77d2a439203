package io.vtlb.conformance.trace;

import io.vtlb.model.machine.Vcpu;
import tools.jackson.databind.node.ObjectNode;

/** The fields {@code vm} and {@code vcpu}, which name a virtual CPU. */
final class VcpuFormat {

  private VcpuFormat() {}

  static void put(ObjectNode json, Vcpu vcpu) {
    json.put("vm", vcpu.vm());
    json.put("vcpu", vcpu.index());
  }

  /** Any virtual CPU that a target has named, whether it exists or not. */
  static Vcpu claimed(Fields fields) throws BadTrace {
    return new Vcpu(
        fields.number("vm", 0, Integer.MAX_VALUE), fields.number("vcpu", 0, Integer.MAX_VALUE));
  }
}
