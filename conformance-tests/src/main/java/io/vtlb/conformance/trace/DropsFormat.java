package io.vtlb.conformance.trace;

import io.vtlb.model.event.ProcessorDrop;
import io.vtlb.model.machine.Vcpu;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The field {@code drops}: what processors must forget, as the target asked for it. */
final class DropsFormat {

  private DropsFormat() {}

  /** The field {@code drop} of an element. */
  private enum Kind {
    EVERYTHING,
    PAGE
  }

  static void put(ObjectNode response, List<ProcessorDrop> drops) {
    ArrayNode array = response.putArray("drops");
    drops.forEach(drop -> put(array, drop));
  }

  static List<ProcessorDrop> read(Fields response) throws BadTrace {
    List<ProcessorDrop> drops = new ArrayList<>();
    for (Fields drop : response.objects("drops")) {
      drops.add(drop(drop));
    }
    return drops;
  }

  private static void put(ArrayNode drops, ProcessorDrop drop) {
    ObjectNode json = drops.addObject();
    switch (drop) {
      case ProcessorDrop.Everything(Vcpu vcpu) -> {
        json.put("drop", Words.of(Kind.EVERYTHING));
        VcpuFormat.put(json, vcpu);
      }
      case ProcessorDrop.Page(Vcpu vcpu, long address) -> {
        json.put("drop", Words.of(Kind.PAGE));
        VcpuFormat.put(json, vcpu);
        json.put("address", Hex.of(address));
      }
    }
  }

  private static ProcessorDrop drop(Fields fields) throws BadTrace {
    return switch (fields.word("drop", Kind.class)) {
      case EVERYTHING -> {
        fields.only("everything", "drop", "vm", "vcpu");
        yield new ProcessorDrop.Everything(VcpuFormat.claimed(fields));
      }
      case PAGE -> {
        fields.only("page", "drop", "vm", "vcpu", "address");
        yield new ProcessorDrop.Page(VcpuFormat.claimed(fields), fields.hex("address"));
      }
    };
  }
}
