package io.vtlb.conformance.trace;

import io.vtlb.model.machine.ControlRegister;
import io.vtlb.model.machine.InvalidationType;
import io.vtlb.model.machine.Vcpu;
import io.vtlb.model.operation.GuestOperation;
import io.vtlb.model.operation.GuestOperation.ChangeAlignmentCheck;
import io.vtlb.model.operation.GuestOperation.ChangePrivilege;
import io.vtlb.model.operation.GuestOperation.Fetch;
import io.vtlb.model.operation.GuestOperation.ForeignStore;
import io.vtlb.model.operation.GuestOperation.InvalidatePage;
import io.vtlb.model.operation.GuestOperation.InvalidatePcid;
import io.vtlb.model.operation.GuestOperation.Load;
import io.vtlb.model.operation.GuestOperation.Store;
import io.vtlb.model.operation.GuestOperation.WriteControl;
import io.vtlb.model.operation.GuestOperation.WriteProtectionKeyRights;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** An operation of a guest program, or of another agent of its machine. */
final class GuestOperationFormat {

  /** The field {@code op} of each. */
  static final List<String> OPS = Words.all(Op.class);

  private GuestOperationFormat() {}

  /** The field {@code op}. */
  private enum Op {
    LOAD,
    STORE,
    FETCH,
    FOREIGN_STORE,
    INVLPG,
    INVPCID,
    WRITE_CONTROL,
    WRITE_PKRU,
    CHANGE_AC,
    CHANGE_PRIVILEGE
  }

  static void put(ObjectNode json, GuestOperation operation) {
    switch (operation) {
      case Load(Vcpu vcpu, long address, int bytes) -> access(json, Op.LOAD, vcpu, address, bytes);
      case Store(Vcpu vcpu, long address, long value, int bytes) ->
          access(json, Op.STORE, vcpu, address, bytes).put("value", Hex.of(value));
      case Fetch(Vcpu vcpu, long address, int bytes) ->
          access(json, Op.FETCH, vcpu, address, bytes);
      case ForeignStore(Vcpu vcpu, long address, long value, int bytes) ->
          access(json, Op.FOREIGN_STORE, vcpu, address, bytes).put("value", Hex.of(value));
      case InvalidatePage(Vcpu vcpu, long address) ->
          start(json, Op.INVLPG, vcpu).put("address", Hex.of(address));
      case InvalidatePcid(Vcpu vcpu, InvalidationType type, int pcid, long address) ->
          PcidFormat.put(start(json, Op.INVPCID, vcpu), type, pcid, address);
      case WriteControl(Vcpu vcpu, ControlRegister register, long value) ->
          start(json, Op.WRITE_CONTROL, vcpu)
              .put("register", Words.of(register))
              .put("value", Hex.of(value));
      case WriteProtectionKeyRights(Vcpu vcpu, int value) ->
          start(json, Op.WRITE_PKRU, vcpu).put("value", Hex.of(Integer.toUnsignedLong(value)));
      case ChangeAlignmentCheck(Vcpu vcpu, boolean alignmentCheck) ->
          start(json, Op.CHANGE_AC, vcpu).put("alignmentCheck", alignmentCheck);
      case ChangePrivilege(Vcpu vcpu, int cpl) ->
          start(json, Op.CHANGE_PRIVILEGE, vcpu).put("cpl", cpl);
    }
  }

  /**
   * Reads one.
   *
   * @param shared the fields before {@code vm}
   */
  static GuestOperation read(Fields fields, WorldScope world, List<String> shared) throws BadTrace {
    Op op = fields.word("op", Op.class);
    fields.only(Words.of(op), shared, own(op));
    Vcpu vcpu = world.vcpu(fields);
    return switch (op) {
      case LOAD -> new Load(vcpu, linear(fields), WidthFormat.read(fields));
      case STORE -> {
        int bytes = WidthFormat.read(fields);
        yield new Store(vcpu, linear(fields), WidthFormat.value(fields, "value", bytes), bytes);
      }
      case FETCH -> new Fetch(vcpu, linear(fields), WidthFormat.read(fields));
      case FOREIGN_STORE -> {
        int bytes = WidthFormat.read(fields);
        yield new ForeignStore(
            vcpu,
            world.physical(fields, "address", bytes),
            WidthFormat.value(fields, "value", bytes),
            bytes);
      }
      case INVLPG -> new InvalidatePage(vcpu, fields.hex("address"));
      case INVPCID ->
          new InvalidatePcid(
              vcpu, PcidFormat.type(fields), PcidFormat.pcid(fields), fields.hex("address"));
      case WRITE_CONTROL ->
          new WriteControl(
              vcpu, fields.word("register", ControlRegister.class), fields.hex("value"));
      case WRITE_PKRU -> new WriteProtectionKeyRights(vcpu, (int) fields.word("value"));
      case CHANGE_AC -> new ChangeAlignmentCheck(vcpu, fields.flag("alignmentCheck"));
      case CHANGE_PRIVILEGE -> new ChangePrivilege(vcpu, fields.number("cpl", 0, 3));
    };
  }

  private static String[] own(Op op) {
    return switch (op) {
      case LOAD, FETCH -> new String[] {"vm", "vcpu", "address", "bytes"};
      case STORE, FOREIGN_STORE -> new String[] {"vm", "vcpu", "address", "bytes", "value"};
      case INVLPG -> new String[] {"vm", "vcpu", "address"};
      case INVPCID -> new String[] {"vm", "vcpu", "type", "pcid", "address"};
      case WRITE_CONTROL -> new String[] {"vm", "vcpu", "register", "value"};
      case WRITE_PKRU -> new String[] {"vm", "vcpu", "value"};
      case CHANGE_AC -> new String[] {"vm", "vcpu", "alignmentCheck"};
      case CHANGE_PRIVILEGE -> new String[] {"vm", "vcpu", "cpl"};
    };
  }

  private static long linear(Fields fields) throws BadTrace {
    return fields.aligned("address", WidthFormat.USUAL);
  }

  private static ObjectNode start(ObjectNode json, Op op, Vcpu vcpu) {
    json.put("op", Words.of(op));
    VcpuFormat.put(json, vcpu);
    return json;
  }

  private static ObjectNode access(ObjectNode json, Op op, Vcpu vcpu, long address, int bytes) {
    start(json, op, vcpu).put("address", Hex.of(address));
    WidthFormat.put(json, bytes);
    return json;
  }
}
