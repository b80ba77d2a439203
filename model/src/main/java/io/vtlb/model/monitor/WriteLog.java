package io.vtlb.model.monitor;

import java.util.Set;
import java.util.TreeSet;

/** The guest frames written since a machine's dirty log was started or last harvested. */
final class WriteLog {

  private final Set<Long> frames = new TreeSet<>();
  private boolean on;

  void start() {
    on = true;
    frames.clear();
  }

  /** Takes note of a write to a guest frame. */
  void note(long frame) {
    if (on) {
      frames.add(frame);
    }
  }

  /** Forgets a frame whose content is gone. */
  void forget(long first, long count) {
    frames.removeIf(frame -> frame >= first && frame < first + count);
  }

  /** What was written; the next period begins. */
  Set<Long> harvest() {
    Set<Long> written = new TreeSet<>(frames);
    frames.clear();
    return written;
  }
}
