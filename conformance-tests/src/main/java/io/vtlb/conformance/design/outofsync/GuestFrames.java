package io.vtlb.conformance.design.outofsync;

import io.vtlb.model.target.HostMap;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongPredicate;
import java.util.function.UnaryOperator;

/**
 * The guest frames of one machine: what the host has behind them, which were written, and the
 * shadow entries that map them.
 */
final class GuestFrames {

  private final ShadowPool pool;
  private final Set<Long> written = new TreeSet<>();
  private HostMap hostMap;
  private boolean logging;
  private long changes;

  GuestFrames(ShadowPool pool, HostMap hostMap) {
    this.pool = pool;
    this.hostMap = hostMap;
  }

  HostMap hostMap() {
    return hostMap;
  }

  /** Counts the changes of what is behind the frames. */
  long changes() {
    return changes;
  }

  void change(UnaryOperator<HostMap> change) {
    hostMap = change.apply(hostMap);
    changes++;
  }

  /** True if there is nothing behind the frame, or nothing that the guest may store to. */
  boolean isDevice(long frame, boolean store) {
    return hostMap.hostFrame(frame) == HostMap.NO_FRAME || (store && hostMap.readOnly(frame));
  }

  /** Notes a write, so that the frame may be mapped writable until the log is harvested. */
  void note(long frame) {
    if (logging) {
      written.add(frame);
    }
  }

  /** False if the guest's next store has to be seen, or must not happen. */
  boolean mayWrite(long frame) {
    return !hostMap.readOnly(frame) && (!logging || written.contains(frame));
  }

  /** Starts the next period of the log; returns what was written in the last one. */
  Set<Long> nextPeriod() {
    Set<Long> last = Set.copyOf(written);
    logging = true;
    written.clear();
    removeWriteAccess(frame -> true);
    return last;
  }

  /** Makes every shadow entry that maps such a frame read-only. */
  void removeWriteAccess(LongPredicate frames) {
    for (Shadow shadow : pool.all()) {
      for (int index : shadow.indices()) {
        if (shadow.get(index) instanceof ShadowEntry.Page page
            && page.mayWrite()
            && frames.test(page.frame())) {
          pool.set(shadow, index, page.readOnly());
        }
      }
    }
  }

  /** Removes every shadow entry for such a frame. */
  void removeMappings(LongPredicate frames) {
    for (Shadow shadow : pool.all()) {
      for (int index : shadow.indices()) {
        boolean maps =
            switch (shadow.get(index)) {
              case ShadowEntry.Page page -> frames.test(page.frame());
              case ShadowEntry.Device device -> frames.test(device.frame());
              case ShadowEntry.Link link -> false;
              case null -> false;
            };
        if (maps) {
          pool.set(shadow, index, null);
        }
      }
    }
  }
}
