package io.vtlb.model.target;

/**
 * A run of guest frames with memory behind them, contiguous on the host.
 *
 * @param guestFrame the first guest frame, numbered in 4 KiB
 * @param hostFrame the host frame behind it, numbered in 4 KiB
 * @param frames how many frames, at least 1
 * @param readOnly true if the guest may not store there
 */
public record HostRange(long guestFrame, long hostFrame, long frames, boolean readOnly) {

  public HostRange {
    if (guestFrame < 0 || hostFrame < 0 || frames < 1) {
      throw new IllegalArgumentException(
          "a host range has frames from 0 and at least one of them: "
              + guestFrame
              + " "
              + hostFrame
              + " "
              + frames);
    }
  }

  /** A run of frames that the guest may store to. */
  public HostRange(long guestFrame, long hostFrame, long frames) {
    this(guestFrame, hostFrame, frames, false);
  }

  boolean holdsGuest(long frame) {
    return frame >= guestFrame && frame < guestFrame + frames;
  }

  boolean holdsHost(long frame) {
    return frame >= hostFrame && frame < hostFrame + frames;
  }

  /** The first guest frame after the run. */
  long guestEnd() {
    return guestFrame + frames;
  }

  /** The part of the run inside other guest frames, which overlap it. */
  HostRange within(long first, long end) {
    long from = Math.max(first, guestFrame);
    long to = Math.min(end, guestEnd());
    return new HostRange(from, hostFrame + (from - guestFrame), to - from, readOnly);
  }

  boolean overlapsGuest(long first, long end) {
    return first < guestEnd() && end > guestFrame;
  }
}
