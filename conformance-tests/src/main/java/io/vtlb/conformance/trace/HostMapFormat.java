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

  private HostMapFormat() {}

  static void put(ObjectNode machine, HostMap map) {
    ArrayNode ranges = machine.putArray("hostMap");
    for (HostRange range : map.ranges()) {
      ObjectNode json = ranges.addObject();
      json.put("guestFrame", Hex.of(range.guestFrame()));
      json.put("hostFrame", Hex.of(range.hostFrame()));
      json.put("frames", range.frames());
      if (range.readOnly()) {
        json.put("readOnly", true);
      }
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
      fields.only("a range of hostMap", "guestFrame", "hostFrame", "frames", "readOnly");
      int frames = FrameFormat.count(fields);
      long guestFrame = FrameFormat.first(fields, "guestFrame", frames, bits);
      take(guest, fields, "guestFrame", guestFrame, frames);
      long hostFrame = FrameFormat.hostFrame(fields, frames);
      take(host, fields, "hostFrame", hostFrame, frames);
      boolean readOnly = fields.has("readOnly") && fields.flag("readOnly");
      ranges.add(new HostRange(guestFrame, hostFrame, frames, readOnly));
    }
    return new HostMap(ranges);
  }

  private static void take(FrameRuns taken, Fields fields, String name, long frame, int frames)
      throws BadTrace {
    Optional<String> overlapped = taken.add(frame, frames, fields.path(name));
    if (overlapped.isPresent()) {
      throw fields.bad(
          name,
          "frames %s to %s overlap those of %s"
              .formatted(Hex.of(frame), Hex.of(frame + frames - 1), overlapped.get()));
    }
  }
}
