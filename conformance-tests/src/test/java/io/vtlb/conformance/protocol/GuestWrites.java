package io.vtlb.conformance.protocol;

import io.vtlb.conformance.trace.Hex;
import io.vtlb.conformance.trace.SharedForms;
import tools.jackson.databind.node.ObjectNode;

/** A target's writes to guest memory, as it says them. */
final class GuestWrites {

  private static final long WORD = 0xFFFF_FFFFL;

  private GuestWrites() {}

  static ObjectNode compareAndSet(
      int vm, long address, int bytes, long expected, long replacement) {
    return start("compare-and-set", vm, address, bytes)
        .put("expected", value(expected, bytes))
        .put("replacement", value(replacement, bytes));
  }

  static ObjectNode store(int vm, long address, int bytes, long value) {
    return start("store", vm, address, bytes).put("value", value(value, bytes));
  }

  static ObjectNode read(int vm, long address, int bytes) {
    return place(SharedForms.object(), vm, address, bytes);
  }

  private static ObjectNode start(String kind, int vm, long address, int bytes) {
    return place(SharedForms.object().put("write", kind), vm, address, bytes);
  }

  private static ObjectNode place(ObjectNode json, int vm, long address, int bytes) {
    return json.put("vm", vm).put("address", Hex.of(address)).put("bytes", bytes);
  }

  private static String value(long value, int bytes) {
    return Hex.of(bytes == Integer.BYTES ? value & WORD : value);
  }
}
