package io.vtlb.model.monitor;

import io.vtlb.model.target.HostMap;
import java.util.Map;

/** Which host frames belong to which machine. */
final class ForeignFrames {

  private final Map<Integer, HostMap> hostMaps;

  ForeignFrames(Map<Integer, HostMap> hostMaps) {
    this.hostMaps = hostMaps;
  }

  boolean severalMachines() {
    return hostMaps.size() > 1;
  }

  boolean isMachine(int vm) {
    return hostMaps.containsKey(vm);
  }

  /** True if a host frame stands behind a frame of a machine other than {@code vm}. */
  boolean belongsToOther(int vm, long hostFrame) {
    for (Map.Entry<Integer, HostMap> machine : hostMaps.entrySet()) {
      if (machine.getKey() != vm && machine.getValue().guestFrame(hostFrame) != HostMap.NO_FRAME) {
        return true;
      }
    }
    return false;
  }
}
