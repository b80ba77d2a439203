package io.vtlb.conformance.trace;

import io.vtlb.model.event.Event;
import io.vtlb.model.event.Event.ControlWrite;
import io.vtlb.model.event.Event.InvalidatePage;
import io.vtlb.model.event.Event.InvalidatePcid;
import io.vtlb.model.event.Event.PageFault;
import io.vtlb.model.event.Event.PrivilegeChange;
import io.vtlb.model.machine.ControlRegister;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.InvalidationType;
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
    INVPCID,
    CONTROL_WRITE,
    PRIVILEGE_CHANGE
  }

  static ObjectNode json(int n, Event event) {
    ObjectNode json = Json.object();
    json.put("record", "event");
    json.put("n", n);
    put(json, event);
    return json;
  }

  /** The fields from {@code event} on. */
  static void put(ObjectNode json, Event event) {
    switch (event) {
      case PageFault fault ->
          PageFaultFormat.put(start(json, Kind.PAGE_FAULT, fault.vcpu()), fault);
      case InvalidatePage(Vcpu vcpu, long address) ->
          start(json, Kind.INVLPG, vcpu).put("address", Hex.of(address));
      case InvalidatePcid(Vcpu vcpu, InvalidationType type, int pcid, long address) ->
          PcidFormat.put(start(json, Kind.INVPCID, vcpu), type, pcid, address);
      case ControlWrite(
              Vcpu vcpu,
              ControlRegister register,
              long value,
              ControlState before,
              ControlState after) -> {
        start(json, Kind.CONTROL_WRITE, vcpu)
            .put("register", Words.of(register))
            .put("value", Hex.of(value));
        ControlFormat.put(json.putObject("before"), before);
        ControlFormat.put(json.putObject("after"), after);
      }
      case PrivilegeChange(Vcpu vcpu, int from, int to) ->
          start(json, Kind.PRIVILEGE_CHANGE, vcpu).put("from", from).put("to", to);
    }
  }

  static Event read(Fields fields, WorldScope world) throws BadTrace {
    Kind kind = fields.word("event", Kind.class);
    return switch (kind) {
      case PAGE_FAULT -> {
        only(fields, kind, PageFaultFormat.own(fields));
        yield PageFaultFormat.read(fields, world.vcpu(fields));
      }
      case INVLPG -> {
        only(fields, kind, "address");
        yield new InvalidatePage(world.vcpu(fields), fields.hex("address"));
      }
      case INVPCID -> {
        only(fields, kind, "type", "pcid", "address");
        yield new InvalidatePcid(
            world.vcpu(fields),
            PcidFormat.type(fields),
            PcidFormat.pcid(fields),
            fields.hex("address"));
      }
      case CONTROL_WRITE -> {
        only(fields, kind, "register", "value", "before", "after");
        yield controlWrite(fields, world.vcpu(fields));
      }
      case PRIVILEGE_CHANGE -> {
        only(fields, kind, "from", "to");
        yield new PrivilegeChange(
            world.vcpu(fields), fields.number("from", 0, 3), fields.number("to", 0, 3));
      }
    };
  }

  /** Where the value is missing, as in older traces, the register holds what was written. */
  private static ControlWrite controlWrite(Fields fields, Vcpu vcpu) throws BadTrace {
    ControlRegister register = fields.word("register", ControlRegister.class);
    ControlState before = control(fields.object("before"));
    ControlState after = control(fields.object("after"));
    long value = fields.has("value") ? fields.hex("value") : after.get(register);
    return new ControlWrite(vcpu, register, value, before, after);
  }

  private static ControlState control(Fields fields) throws BadTrace {
    fields.only("a control state", "cr0", "cr3", "cr4", "efer", "pdptes");
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
