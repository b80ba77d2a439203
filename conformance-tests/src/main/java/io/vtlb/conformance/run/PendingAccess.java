package io.vtlb.conformance.run;

import io.vtlb.model.machine.Access;
import io.vtlb.model.target.ActiveEntry;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An operation that accesses memory, on its way to completion: its parts and what was found. */
final class PendingAccess {

  private final List<Access> accesses;
  private final long value;
  private final @Nullable ActiveEntry[] found;
  private final boolean[] done;

  /**
   * @param accesses one for each page
   * @param value what a store writes, all parts together
   */
  PendingAccess(List<Access> accesses, long value) {
    this.accesses = accesses;
    this.value = value;
    this.found = new ActiveEntry[accesses.size()];
    this.done = new boolean[accesses.size()];
  }

  int parts() {
    return accesses.size();
  }

  Access access(int part) {
    return accesses.get(part);
  }

  /** What a store writes in one part. */
  long valueOf(int part) {
    if (access(part).bytes() == Long.BYTES) {
      return value;
    }
    return (value >>> (part * Integer.SIZE)) & 0xFFFF_FFFFL;
  }

  /** Notes the entry that the processor translates a part by. */
  void find(int part, @Nullable ActiveEntry entry) {
    found[part] = entry;
  }

  @Nullable ActiveEntry found(int part) {
    return found[part];
  }

  boolean isDone(int part) {
    return done[part];
  }

  /** Notes that the VMM has done one part itself; says whether all are done. */
  boolean done(int part) {
    done[part] = true;
    for (boolean one : done) {
      if (!one) {
        return false;
      }
    }
    return true;
  }
}
