package io.vtlb.conformance.trace;

import io.vtlb.model.event.Event;
import io.vtlb.model.event.Event.ControlWrite;
import io.vtlb.model.event.Event.InvalidatePage;
import io.vtlb.model.event.Event.PageFault;
import io.vtlb.model.event.Event.PrivilegeChange;
import io.vtlb.model.machine.Access;
import io.vtlb.model.machine.AccessKind;
import io.vtlb.model.machine.ControlRegister;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.PrivilegeSet;
import io.vtlb.model.machine.Vcpu;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** The record {@code event}: what reached the VMM. */
final class EventFormat {

  private static final List<String> SHARED = List.of("record", "n", "event", "vm", "vcpu");

  private EventFormat() {}

  /** The field {@code event}. */
  private enum Kind {
    PAGE_FAULT,
    INVLPG,
    CONTROL_WRITE,
    PRIVILEGE_CHANGE
  }

  static ObjectNode json(int n, Event event) {
    ObjectNode json = Json.object();
    json.put("record", "event");
    json.put("n", n);
    switch (event) {
      case PageFault fault -> putFault(start(json, Kind.PAGE_FAULT, fault.vcpu()), fault);
      case InvalidatePage(Vcpu vcpu, long address) ->
          start(json, Kind.INVLPG, vcpu).put("address", Hex.of(address));
      case ControlWrite(
              Vcpu vcpu,
              ControlRegister register,
              ControlState before,
              ControlState after) -> {
        start(json, Kind.CONTROL_WRITE, vcpu).put("register", Words.of(register));
        ControlFormat.put(json.putObject("before"), before);
        ControlFormat.put(json.putObject("after"), after);
      }
      case PrivilegeChange(Vcpu vcpu, int from, int to) ->
          start(json, Kind.PRIVILEGE_CHANGE, vcpu).put("from", from).put("to", to);
    }
    return json;
  }

  static Event read(Fields fields, WorldScope world) throws BadTrace {
    Kind kind = fields.word("event", Kind.class);
    return switch (kind) {
      case PAGE_FAULT -> fault(fields, world);
      case INVLPG -> {
        only(fields, kind, "address");
        yield new InvalidatePage(world.vcpu(fields), fields.linear("address"));
      }
      case CONTROL_WRITE -> {
        only(fields, kind, "register", "before", "after");
        yield new ControlWrite(
            world.vcpu(fields),
            fields.word("register", ControlRegister.class),
            control(fields.object("before")),
            control(fields.object("after")));
      }
      case PRIVILEGE_CHANGE -> {
        only(fields, kind, "from", "to");
        yield new PrivilegeChange(
            world.vcpu(fields), fields.number("from", 0, 3), fields.number("to", 0, 3));
      }
    };
  }

  private static void putFault(ObjectNode json, PageFault fault) {
    Access access = fault.access();
    json.put("address", Hex.of(access.address()));
    json.put("access", Words.of(access.kind()));
    json.put("set", Words.of(access.set()));
    json.put("alignmentCheck", access.alignmentCheck());
    json.put("activeCode", FaultCodeFormat.text(fault.activeCode()));
    if (access.isStore()) {
      json.put("value", Hex.of(fault.value()));
    }
  }

  private static PageFault fault(Fields fields, WorldScope world) throws BadTrace {
    AccessKind kind = fields.word("access", AccessKind.class);
    boolean store = kind == AccessKind.STORE;
    only(
        fields,
        Kind.PAGE_FAULT,
        store
            ? new String[] {"address", "access", "set", "alignmentCheck", "activeCode", "value"}
            : new String[] {"address", "access", "set", "alignmentCheck", "activeCode"});
    return new PageFault(
        world.vcpu(fields),
        new Access(
            fields.linearWord("address"),
            kind,
            fields.word("set", PrivilegeSet.class),
            fields.flag("alignmentCheck")),
        FaultCodeFormat.read(fields, "activeCode"),
        store ? fields.word("value") : 0);
  }

  private static ControlState control(Fields fields) throws BadTrace {
    fields.only("a control state", "cr0", "cr3", "cr4", "efer");
    return ControlFormat.read(fields);
  }

  private static void only(Fields fields, Kind kind, String... own) throws BadTrace {
    fields.only(Words.of(kind), SHARED, own);
  }

  private static ObjectNode start(ObjectNode json, Kind kind, Vcpu vcpu) {
    json.put("event", Words.of(kind));
    VcpuFormat.put(json, vcpu);
    return json;
  }
}
