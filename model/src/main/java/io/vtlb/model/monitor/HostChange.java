package io.vtlb.model.monitor;

import io.vtlb.model.operation.HostOperation;
import io.vtlb.model.operation.HostOperation.CreateMachine;
import io.vtlb.model.operation.HostOperation.DestroyMachine;
import io.vtlb.model.operation.HostOperation.HarvestDirtyLog;
import io.vtlb.model.operation.HostOperation.MapFrames;
import io.vtlb.model.operation.HostOperation.MoveFrames;
import io.vtlb.model.operation.HostOperation.ProtectFrames;
import io.vtlb.model.operation.HostOperation.ResizePages;
import io.vtlb.model.operation.HostOperation.StartDirtyLog;
import io.vtlb.model.operation.HostOperation.UnmapFrames;
import io.vtlb.model.target.HostMap;
import io.vtlb.model.target.HostRange;
import java.util.List;

/** What a host operation concerns and takes away. */
final class HostChange {

  private HostChange() {}

  /** The memory that an operation concerns, as it was before it. */
  static List<HostRange> behind(HostOperation operation, HostMap before) {
    return switch (operation) {
      case UnmapFrames unmap -> before.behind(unmap.guestFrame(), unmap.frames());
      case MoveFrames move -> before.behind(move.guestFrame(), move.frames());
      case ProtectFrames protect -> before.behind(protect.guestFrame(), protect.frames());
      case DestroyMachine destroy -> before.ranges();
      case MapFrames map -> List.of();
      case ResizePages resize -> List.of();
      case StartDirtyLog start -> List.of();
      case HarvestDirtyLog harvest -> List.of();
      case CreateMachine create -> List.of();
    };
  }

  /** True if the memory that an operation concerns is no longer the machine's. */
  static boolean revokes(HostOperation operation) {
    return operation instanceof UnmapFrames
        || operation instanceof MoveFrames
        || operation instanceof DestroyMachine;
  }
}
