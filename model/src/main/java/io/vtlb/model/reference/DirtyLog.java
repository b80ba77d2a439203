package io.vtlb.model.reference;

import java.util.Set;
import java.util.TreeSet;

/**
 * The guest frames of one machine written while its host asks to know.
 *
 * <p>A frame is noted before a write right to it is granted, so that the processor need not tell.
 */
final class DirtyLog {

  private final Set<Long> frames = new TreeSet<>();
  private boolean on;

  void start() {
    on = true;
    frames.clear();
  }

  void note(long frame) {
    if (on) {
      frames.add(frame);
    }
  }

  /** True if the guest may store to a frame without being seen. */
  boolean permits(long frame) {
    return !on || frames.contains(frame);
  }

  /** What was written; the next period begins. */
  Set<Long> harvest() {
    Set<Long> written = Set.copyOf(frames);
    frames.clear();
    return written;
  }
}
