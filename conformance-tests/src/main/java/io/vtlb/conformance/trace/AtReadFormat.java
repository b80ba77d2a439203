package io.vtlb.conformance.trace;

import io.vtlb.model.operation.AtRead;
import io.vtlb.model.operation.Operation;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** The operation {@code at-read}: another operation, at a read of guest memory inside an event. */
final class AtReadFormat {

  /** Its field {@code op}. */
  static final String OP = "at-read";

  /** What may stand inside; {@link AtRead#mayInterrupt} decides, this is for the message. */
  private static final String MAY_INTERRUPT =
      "store, foreign-store, map-frames, unmap-frames, move-frames, protect-frames and"
          + " resize-pages";

  private AtReadFormat() {}

  static void put(ObjectNode json, AtRead atRead) {
    json.put("op", OP).put("read", atRead.read());
    OperationFormat.put(json.putObject("operation"), atRead.operation());
  }

  static AtRead read(Fields fields, WorldScope world, List<String> shared) throws BadTrace {
    fields.only(OP, shared, "read", "operation");
    int read = fields.number("read", 1, Integer.MAX_VALUE);
    Fields inner = fields.object("operation");
    if (inner.text("op").equals(OP)) {
      throw cannotInterrupt(inner);
    }
    Operation operation = OperationFormat.read(inner, world, List.of("op"));
    if (!AtRead.mayInterrupt(operation)) {
      throw cannotInterrupt(inner);
    }
    return new AtRead(read, operation);
  }

  private static BadTrace cannotInterrupt(Fields inner) throws BadTrace {
    return inner.bad(
        "op", inner.text("op") + " cannot happen inside an event; only " + MAY_INTERRUPT + " can");
  }
}
