package io.vtlb.model.target;

/**
 * A run of guest frames with memory behind them, contiguous on the host.
 *
 * @param guestFrame the first guest frame, numbered in 4 KiB
 * @param hostFrame the host frame behind it, numbered in 4 KiB
 * @param frames how many frames, at least 1
 */
public record HostRange(long guestFrame, long hostFrame, long frames) {

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

  boolean holdsGuest(long frame) {
    return frame >= guestFrame && frame < guestFrame + frames;
  }

  boolean holdsHost(long frame) {
    return frame >= hostFrame && frame < hostFrame + frames;
  }
}
