package io.vtlb.conformance.trace;

import io.vtlb.model.event.Event.PageFault;
import io.vtlb.model.machine.Access;
import io.vtlb.model.machine.AccessKind;
import io.vtlb.model.machine.PrivilegeSet;
import io.vtlb.model.machine.Vcpu;
import tools.jackson.databind.node.ObjectNode;

/** The fields of the event {@code page-fault}: one access, and what the active walk said of it. */
final class PageFaultFormat {

  private PageFaultFormat() {}

  static void put(ObjectNode json, PageFault fault) {
    Access access = fault.access();
    json.put("address", Hex.of(access.address()));
    WidthFormat.put(json, access.bytes());
    json.put("access", Words.of(access.kind()));
    json.put("set", Words.of(access.set()));
    if (access.pkru() != 0) {
      json.put("pkru", Hex.of(Integer.toUnsignedLong(access.pkru())));
    }
    json.put("activeCode", FaultCodeFormat.text(fault.activeCode()));
    if (access.isStore()) {
      json.put("value", Hex.of(fault.value()));
    }
  }

  /**
   * The names of the fields; {@code alignmentCheck} is in older traces only, and is part of {@code
   * set} now.
   */
  static String[] own(Fields fields) throws BadTrace {
    return fields.word("access", AccessKind.class) == AccessKind.STORE
        ? new String[] {
          "address", "bytes", "access", "set", "alignmentCheck", "pkru", "activeCode", "value"
        }
        : new String[] {
          "address", "bytes", "access", "set", "alignmentCheck", "pkru", "activeCode"
        };
  }

  static PageFault read(Fields fields, Vcpu vcpu) throws BadTrace {
    if (fields.has("alignmentCheck")) {
      fields.flag("alignmentCheck");
    }
    int bytes = WidthFormat.read(fields);
    Access access =
        new Access(
            fields.aligned("address", WidthFormat.USUAL),
            fields.word("access", AccessKind.class),
            fields.word("set", PrivilegeSet.class),
            fields.has("pkru") ? (int) fields.word("pkru") : 0,
            bytes);
    return new PageFault(
        vcpu,
        access,
        FaultCodeFormat.read(fields, "activeCode"),
        access.isStore() ? WidthFormat.value(fields, "value", bytes) : 0);
  }
}
