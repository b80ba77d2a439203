package io.vtlb.conformance.trace;

import io.vtlb.model.operation.AtRead;
import io.vtlb.model.operation.GuestOperation;
import io.vtlb.model.operation.HostOperation;
import io.vtlb.model.operation.Operation;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/** The record {@code operation}: one thing that a guest, its host, or either in an event does. */
public final class OperationFormat {

  private static final List<String> OPS =
      Stream.of(GuestOperationFormat.OPS, HostOperationFormat.OPS, List.of(AtReadFormat.OP))
          .flatMap(List::stream)
          .toList();

  private OperationFormat() {}

  /** The operation as the trace format writes it, with its number from 1. */
  public static ObjectNode json(int n, Operation operation) {
    ObjectNode json = Json.object();
    json.put("record", "operation");
    json.put("n", n);
    put(json, operation);
    return json;
  }

  /** The fields from {@code op} on. */
  static void put(ObjectNode json, Operation operation) {
    switch (operation) {
      case GuestOperation guest -> GuestOperationFormat.put(json, guest);
      case HostOperation host -> HostOperationFormat.put(json, host);
      case AtRead atRead -> AtReadFormat.put(json, atRead);
    }
  }

  static Operation read(Fields fields, WorldScope world) throws BadTrace {
    return read(fields, world, List.of("record", "n", "op"));
  }

  /**
   * Reads an operation, be it a record or inside one.
   *
   * @param shared the fields up to {@code op}
   */
  static Operation read(Fields fields, WorldScope world, List<String> shared) throws BadTrace {
    String op = fields.text("op");
    if (GuestOperationFormat.OPS.contains(op)) {
      return GuestOperationFormat.read(fields, world, shared);
    }
    if (HostOperationFormat.OPS.contains(op)) {
      return HostOperationFormat.read(fields, world, shared);
    }
    if (AtReadFormat.OP.equals(op)) {
      return AtReadFormat.read(fields, world, shared);
    }
    throw fields.bad("op", Json.shown(op) + " is not one of " + String.join(", ", OPS));
  }
}
