package io.vtlb.conformance.fault;

import io.vtlb.model.rule.Rule;
import io.vtlb.model.target.HostMap;
import io.vtlb.model.target.HostRange;
import java.util.ArrayList;
import java.util.List;

/** Machines mixed up with each other or with devices. */
final class MachineFaults {

  /** Host frames that belong to no machine. */
  private static final long NOBODYS = 0x900_0000L;

  /** Covers every guest frame that small worlds name below 4 GiB, with memory behind it or not. */
  private static final long LOW_DEVICE_FRAMES = 1008;

  static final List<Fault> ALL =
      List.of(
          new Fault(
              "host-map-of-first-machine-for-all",
              "denies claims 11, 22 and 26",
              Rule.ISOLATE_1,
              () -> new HostMapDeviation((first, own) -> first)),
          new Fault(
              "write-protection-lifted-in-every-machine",
              "denies claims 11, 22 and 26",
              Rule.ISOLATE_2,
              EntryDeviation::liftsProtectionEverywhere),
          new Fault(
              "device-frame-mapped",
              "Xen f6c3cb2162, XSA-430 (a frame with nothing behind it)",
              Rule.DEVICE_1,
              () -> new HostMapDeviation((first, own) -> withMemoryBehindDevices(own))),
          new Fault(
              "memory-taken-for-device",
              "KVM ddfd1730fd82's kind (a device access where memory is)",
              Rule.EVENT_4,
              () -> new HostMapDeviation((first, own) -> withoutLastRange(own))));

  private MachineFaults() {}

  private static HostMap withMemoryBehindDevices(HostMap own) {
    List<HostRange> ranges = new ArrayList<>(own.ranges());
    ranges.add(new HostRange(16, NOBODYS, LOW_DEVICE_FRAMES));
    return new HostMap(ranges);
  }

  private static HostMap withoutLastRange(HostMap own) {
    return new HostMap(own.ranges().subList(0, own.ranges().size() - 1));
  }
}
