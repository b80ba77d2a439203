package io.vtlb.model.target;

import java.util.List;

/**
 * Which host frame stands behind each guest frame of one virtual machine; a guest frame in no range
 * has no memory behind it and belongs to a device.
 *
 * @param ranges disjoint runs of frames
 */
public record HostMap(List<HostRange> ranges) {

  /** What {@link #hostFrame} and {@link #guestFrame} answer where nothing is mapped. */
  public static final long NO_FRAME = -1;

  public HostMap {
    ranges = List.copyOf(ranges);
  }

  /** The host frame behind a guest frame, or {@link #NO_FRAME}. */
  public long hostFrame(long guestFrame) {
    for (HostRange range : ranges) {
      if (range.holdsGuest(guestFrame)) {
        return range.hostFrame() + (guestFrame - range.guestFrame());
      }
    }
    return NO_FRAME;
  }

  /** The guest frame that a host frame stands behind, or {@link #NO_FRAME}. */
  public long guestFrame(long hostFrame) {
    for (HostRange range : ranges) {
      if (range.holdsHost(hostFrame)) {
        return range.guestFrame() + (hostFrame - range.hostFrame());
      }
    }
    return NO_FRAME;
  }

  /** True if a run of guest frames lies contiguously on the host. */
  public boolean contiguous(long guestFrame, long frames) {
    for (HostRange range : ranges) {
      if (range.holdsGuest(guestFrame)) {
        return range.holdsGuest(guestFrame + frames - 1);
      }
    }
    return false;
  }
}
