package io.vtlb.conformance.fault;

import io.vtlb.model.operation.HostOperation.HarvestDirtyLog;
import io.vtlb.model.operation.HostOperation.MapFrames;
import io.vtlb.model.operation.HostOperation.MoveFrames;
import io.vtlb.model.operation.HostOperation.ProtectFrames;
import io.vtlb.model.operation.HostOperation.StartDirtyLog;
import io.vtlb.model.operation.HostOperation.UnmapFrames;
import io.vtlb.model.rule.Rule;
import java.util.List;

/** What the host does, not followed or not far enough. */
final class HostFaults {

  static final List<Fault> ALL =
      List.of(
          new Fault(
              "unmap-not-followed",
              "Xen f6c3cb2162, XSA-430 (a frame with nothing behind it)",
              Rule.HOST_1,
              () -> HostDeviation.ignores(operation -> operation instanceof UnmapFrames)),
          new Fault(
              "move-without-processor-drop",
              "Xen a9949efb28, XSA-408 (no flush after a change of the host's)",
              Rule.PROC_1,
              () -> HostDeviation.keepsInProcessors(operation -> operation instanceof MoveFrames)),
          new Fault(
              "device-remembered-when-memory-appears",
              "KVM ddfd1730fd82 (a device entry cached while the memory map was changing)",
              Rule.EVENT_4,
              () -> HostDeviation.ignores(operation -> operation instanceof MapFrames)),
          new Fault(
              "host-protection-not-followed",
              "NOVA 3e7b66aa (host rights ignored)",
              Rule.HOST_2,
              () -> HostDeviation.ignores(operation -> operation instanceof ProtectFrames)),
          new Fault(
              "dirty-log-without-processor-drop",
              "KVM f81602958c11 (write protection skipped the flush)",
              Rule.HOST_3,
              () ->
                  HostDeviation.keepsInProcessors(operation ->
                      operation instanceof StartDirtyLog || operation instanceof HarvestDirtyLog)),
          new Fault(
              "machine-created-with-old-structures",
              "Xen 789589968e, XSA-280 (structures outlive their use)",
              Rule.INIT_1,
              HostDeviation::keepsDestroyedMachines));

  private HostFaults() {}
}
