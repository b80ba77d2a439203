package io.vtlb.conformance.trace;

import io.vtlb.model.machine.PageSize;
import io.vtlb.model.machine.Profile;
import io.vtlb.model.target.HostMap;
import io.vtlb.model.target.HostRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The field {@code hostMap} of a machine: runs of guest frames and the host frames behind them. */
final class HostMapFormat {

  /** Frames of one range: 4 GiB. */
  static final int MAX_FRAMES = 1 << 20;

  /** Host frames of 52-bit addresses. */
  private static final int HOST_FRAME_BITS = 40;

  private HostMapFormat() {}

  static void put(ObjectNode machine, HostMap map) {
    ArrayNode ranges = machine.putArray("hostMap");
    for (HostRange range : map.ranges()) {
      ObjectNode json = ranges.addObject();
      json.put("guestFrame", Hex.of(range.guestFrame()));
      json.put("hostFrame", Hex.of(range.hostFrame()));
      json.put("frames", range.frames());
    }
  }

  /**
   * Reads the map of one machine.
   *
   * @param guest takes the guest frames of this machine
   * @param host takes the host frames, and holds those of the machines before it
   */
  static HostMap read(Fields machine, Profile profile, FrameRuns guest, FrameRuns host)
      throws BadTrace {
    int bits = profile.physicalAddressBits() - PageSize.BASE_SHIFT;
    List<HostRange> ranges = new ArrayList<>();
    for (Fields fields : machine.objects("hostMap")) {
      fields.only("a range of hostMap", "guestFrame", "hostFrame", "frames");
      int frames = fields.number("frames", 1, MAX_FRAMES);
      ranges.add(
          new HostRange(
              frame(fields, "guestFrame", frames, bits, guest),
              frame(fields, "hostFrame", frames, HOST_FRAME_BITS, host),
              frames));
    }
    return new HostMap(ranges);
  }

  private static long frame(Fields fields, String name, int frames, int bits, FrameRuns taken)
      throws BadTrace {
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
    Optional<String> overlapped = taken.add(frame, frames, fields.path(name));
    if (overlapped.isPresent()) {
      throw fields.bad(
          name,
          "frames %s to %s overlap those of %s"
              .formatted(Hex.of(frame), Hex.of(frame + frames - 1), overlapped.get()));
    }
    return frame;
  }
}
