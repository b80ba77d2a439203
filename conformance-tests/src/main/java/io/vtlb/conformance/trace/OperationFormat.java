package io.vtlb.conformance.trace;

import io.vtlb.model.machine.ControlRegister;
import io.vtlb.model.machine.Vcpu;
import io.vtlb.model.operation.GuestOperation;
import io.vtlb.model.operation.GuestOperation.ChangePrivilege;
import io.vtlb.model.operation.GuestOperation.Fetch;
import io.vtlb.model.operation.GuestOperation.ForeignStore;
import io.vtlb.model.operation.GuestOperation.InvalidatePage;
import io.vtlb.model.operation.GuestOperation.Load;
import io.vtlb.model.operation.GuestOperation.Store;
import io.vtlb.model.operation.GuestOperation.WriteControl;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** The record {@code operation}: one thing that a guest program, or another agent, does. */
public final class OperationFormat {

  private static final List<String> SHARED = List.of("record", "n", "op", "vm", "vcpu");

  private OperationFormat() {}

  /** The field {@code op}. */
  private enum Op {
    LOAD,
    STORE,
    FETCH,
    FOREIGN_STORE,
    INVLPG,
    WRITE_CONTROL,
    CHANGE_PRIVILEGE
  }

  /** The operation as the trace format writes it, with its number from 1. */
  public static ObjectNode json(int n, GuestOperation operation) {
    ObjectNode json = Json.object();
    json.put("record", "operation");
    json.put("n", n);
    switch (operation) {
      case Load(Vcpu vcpu, long address) -> access(json, Op.LOAD, vcpu, address);
      case Store(Vcpu vcpu, long address, long value) ->
          access(json, Op.STORE, vcpu, address).put("value", Hex.of(value));
      case Fetch(Vcpu vcpu, long address) -> access(json, Op.FETCH, vcpu, address);
      case ForeignStore(Vcpu vcpu, long address, long value) ->
          access(json, Op.FOREIGN_STORE, vcpu, address).put("value", Hex.of(value));
      case InvalidatePage(Vcpu vcpu, long address) -> access(json, Op.INVLPG, vcpu, address);
      case WriteControl(Vcpu vcpu, ControlRegister register, long value) ->
          start(json, Op.WRITE_CONTROL, vcpu)
              .put("register", Words.of(register))
              .put("value", Hex.of(value));
      case ChangePrivilege(Vcpu vcpu, int cpl) ->
          start(json, Op.CHANGE_PRIVILEGE, vcpu).put("cpl", cpl);
    }
    return json;
  }

  static GuestOperation read(Fields fields, WorldScope world) throws BadTrace {
    Op op = fields.word("op", Op.class);
    return switch (op) {
      case LOAD -> {
        only(fields, op, "address");
        yield new Load(world.vcpu(fields), fields.linearWord("address"));
      }
      case STORE -> {
        only(fields, op, "address", "value");
        yield new Store(world.vcpu(fields), fields.linearWord("address"), fields.word("value"));
      }
      case FETCH -> {
        only(fields, op, "address");
        yield new Fetch(world.vcpu(fields), fields.linearWord("address"));
      }
      case FOREIGN_STORE -> {
        only(fields, op, "address", "value");
        Vcpu vcpu = world.vcpu(fields);
        yield new ForeignStore(
            vcpu,
            MachineFormat.physicalWord(fields, "address", world.memory(vcpu.vm())),
            fields.word("value"));
      }
      case INVLPG -> {
        only(fields, op, "address");
        yield new InvalidatePage(world.vcpu(fields), fields.linear("address"));
      }
      case WRITE_CONTROL -> {
        only(fields, op, "register", "value");
        Vcpu vcpu = world.vcpu(fields);
        ControlRegister register = fields.word("register", ControlRegister.class);
        yield new WriteControl(vcpu, register, ControlFormat.register(fields, "value", register));
      }
      case CHANGE_PRIVILEGE -> {
        only(fields, op, "cpl");
        yield new ChangePrivilege(world.vcpu(fields), fields.number("cpl", 0, 3));
      }
    };
  }

  private static void only(Fields fields, Op op, String... own) throws BadTrace {
    fields.only(Words.of(op), SHARED, own);
  }

  private static ObjectNode start(ObjectNode json, Op op, Vcpu vcpu) {
    json.put("op", Words.of(op));
    VcpuFormat.put(json, vcpu);
    return json;
  }

  private static ObjectNode access(ObjectNode json, Op op, Vcpu vcpu, long address) {
    return start(json, op, vcpu).put("address", Hex.of(address));
  }
}
