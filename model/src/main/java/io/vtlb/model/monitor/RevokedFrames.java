package io.vtlb.model.monitor;

import io.vtlb.model.target.HostRange;
import java.util.ArrayList;
import java.util.List;

/** The host frames that stood behind a machine's memory once and that its host took away. */
final class RevokedFrames {

  private final List<HostRange> runs = new ArrayList<>();

  void add(List<HostRange> taken) {
    runs.addAll(taken);
  }

  boolean isEmpty() {
    return runs.isEmpty();
  }

  /** True if a host frame that was taken away stood behind a guest frame then. */
  boolean stoodBehind(long guestFrame, long hostFrame) {
    for (HostRange run : runs) {
      long offset = hostFrame - run.hostFrame();
      if (offset >= 0 && offset < run.frames() && run.guestFrame() + offset == guestFrame) {
        return true;
      }
    }
    return false;
  }

  /** True for a frame that was taken away; one that came back since belongs to the machine. */
  boolean includes(long hostFrame) {
    for (HostRange run : runs) {
      if (hostFrame >= run.hostFrame() && hostFrame < run.hostFrame() + run.frames()) {
        return true;
      }
    }
    return false;
  }
}
