package io.vtlb.implementation;

import java.util.HashSet;
import java.util.Set;

/**
 * The guest frames of one machine that are written while its host asks to know.
 *
 * <p>A frame is named before any entry lets the guest store to it: the processor tells nobody.
 */
final class DirtyLog {

  private final Set<Long> written = new HashSet<>();
  private boolean on;

  /** Names what is written from now on. */
  void start() {
    on = true;
    written.clear();
  }

  boolean isOn() {
    return on;
  }

  void note(long frame) {
    if (on) {
      written.add(frame);
    }
  }

  boolean names(long frame) {
    return written.contains(frame);
  }

  /** What was written, which is named no more. */
  Set<Long> harvest() {
    Set<Long> harvested = Set.copyOf(written);
    written.clear();
    return harvested;
  }
}
