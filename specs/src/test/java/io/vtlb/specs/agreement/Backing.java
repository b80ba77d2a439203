package io.vtlb.specs.agreement;

import io.vtlb.model.machine.PageSize;
import io.vtlb.model.target.GuestMemory;
import io.vtlb.model.target.HostMap;
import io.vtlb.specs.evaluation.Constructor;
import io.vtlb.specs.evaluation.Value;
import java.util.Map;

/** What is behind a guest frame, as the definitions have it. */
final class Backing {

  static final Value DEVICE = Smt.constant("device");

  private static final Constructor MEMORY_AT = Smt.constructor("memory-at");

  private Backing() {}

  static Value memory(long hostFrame, boolean readOnly, boolean logged) {
    return MEMORY_AT.of(Smt.bits(hostFrame), Smt.truth(readOnly), Smt.truth(logged));
  }

  /** What a host map has behind a frame, where no log is kept. */
  static Value of(HostMap map, long frame) {
    long hostFrame = map.hostFrame(frame);
    return hostFrame == HostMap.NO_FRAME ? DEVICE : memory(hostFrame, map.readOnly(frame), false);
  }

  /** True if the host asks to know of a store to the frame. */
  static boolean isLogged(Value backing) {
    return !backing.equals(DEVICE) && ((Value.Datum) backing).field("logged").isTrue();
  }

  /** The same, but for the log. */
  static Value withoutLog(Value backing) {
    return backing.equals(DEVICE)
        ? DEVICE
        : MEMORY_AT.of(
            ((Value.Datum) backing).field("host-frame"),
            ((Value.Datum) backing).field("read-only"),
            Smt.truth(false));
  }

  /**
   * A host's log with the frames noted in which entries have changed. {@code transition} has no
   * memory, so it does not know where the tables lie; its log is the one that {@code derive} sees.
   *
   * @param read what entries held, by address
   * @param memory what they hold by now
   */
  static Value.Mapping told(
      Value.Mapping host, Map<Long, Long> read, GuestMemory memory, int bytes) {
    Value.Mapping told = host;
    for (Map.Entry<Long, Long> entry : read.entrySet()) {
      Value frame = Smt.bits(PageSize.page(entry.getKey()));
      Value behind = told.select(frame);
      if (isLogged(behind) && memory.read(entry.getKey(), bytes) != entry.getValue()) {
        told = told.store(frame, withoutLog(behind));
      }
    }
    return told;
  }
}
