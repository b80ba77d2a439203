package io.vtlb.conformance.trace;

import io.vtlb.model.machine.PageSize;

/** Runs of frames: the field {@code frames}, and the fields that name the first one. */
final class FrameFormat {

  /** Frames of one run: 4 GiB. */
  static final int MAX_FRAMES = 1 << 20;

  /** Host frames of 52-bit addresses. */
  private static final int HOST_FRAME_BITS = 40;

  private FrameFormat() {}

  /** How many frames. */
  static int count(Fields fields) throws BadTrace {
    return fields.number("frames", 1, MAX_FRAMES);
  }

  /** The first of some host frames. */
  static long hostFrame(Fields fields, int frames) throws BadTrace {
    return first(fields, "hostFrame", frames, HOST_FRAME_BITS);
  }

  /**
   * The first of some frames.
   *
   * @param bits how many bits the number of any of them has at most
   */
  static long first(Fields fields, String name, int frames, int bits) throws BadTrace {
    long frame = fields.hex(name);
    if (Long.compareUnsigned(frame, (1L << bits) - frames) > 0) {
      throw fields.bad(
          name,
          frames
              + " frames from "
              + Hex.of(frame)
              + " on reach beyond "
              + (bits + PageSize.BASE_SHIFT)
              + "-bit physical addresses");
    }
    return frame;
  }
}
