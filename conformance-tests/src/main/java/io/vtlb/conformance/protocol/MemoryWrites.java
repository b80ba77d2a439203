package io.vtlb.conformance.protocol;

import io.vtlb.conformance.trace.BadTrace;
import io.vtlb.conformance.trace.Fields;
import io.vtlb.model.target.GuestMemory;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The guest memories of a target's machines, and what it says that it writes and reads there. */
final class MemoryWrites {

  private final Map<Integer, GuestMemory> memories = new HashMap<>();

  void add(int vm, GuestMemory memory) {
    memories.put(vm, memory);
  }

  /** Does what a copying target says that it has done, in order. */
  boolean perform(Fields answer) throws BadTrace {
    for (Fields write : answer.objects("writes")) {
      if (!write(write)) {
        throw write.bad(
            "expected",
            "guest memory does not hold this; is the copy behind, or was a write left out?");
      }
    }
    return true;
  }

  /** One write; false if a compare-and-set found something else. */
  boolean write(Fields write) throws BadTrace {
    String kind = write.text("write");
    return switch (kind) {
      case "compare-and-set" -> {
        write.only(kind, "write", "vm", "address", "bytes", "expected", "replacement");
        yield memory(write)
            .compareAndSet(
                address(write), bytes(write), wide(write, "expected"), wide(write, "replacement"));
      }
      case "store" -> {
        write.only(kind, "write", "vm", "address", "bytes", "value");
        memory(write).store(address(write), bytes(write), wide(write, "value"));
        yield true;
      }
      default -> throw write.bad("write", "must be \"compare-and-set\" or \"store\"");
    };
  }

  /** The value that a read asks for. */
  long read(Fields read) throws BadTrace {
    read.only("read", "vm", "address", "bytes");
    return memory(read).read(address(read), bytes(read));
  }

  private GuestMemory memory(Fields fields) throws BadTrace {
    int vm = fields.number("vm", 0, Integer.MAX_VALUE);
    @Nullable GuestMemory memory = memories.get(vm);
    if (memory == null) {
      throw fields.bad("vm", "there is no machine " + vm);
    }
    return memory;
  }

  private static int bytes(Fields fields) throws BadTrace {
    int bytes = fields.number("bytes", 4, 8);
    if (bytes != Integer.BYTES && bytes != Long.BYTES) {
      throw fields.bad("bytes", "must be 4 or 8, not " + bytes);
    }
    return bytes;
  }

  private static long address(Fields fields) throws BadTrace {
    return fields.aligned("address", bytes(fields));
  }

  private static long wide(Fields fields, String name) throws BadTrace {
    return bytes(fields) == Integer.BYTES ? fields.word(name) : fields.hex(name);
  }
}
