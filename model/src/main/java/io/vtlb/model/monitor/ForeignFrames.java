package io.vtlb.model.monitor;

import io.vtlb.model.target.HostMap;
import java.util.Map;

/** Which host frames belong to which machine. */
final class ForeignFrames {

  private final Map<Integer, MonitoredMachine> machines;

  ForeignFrames(Map<Integer, MonitoredMachine> machines) {
    this.machines = machines;
  }

  boolean severalMachines() {
    return machines.size() > 1;
  }

  boolean isMachine(int vm) {
    return machines.containsKey(vm);
  }

  /** True if a host frame stands behind a frame of a machine other than {@code vm}. */
  boolean belongsToOther(int vm, long hostFrame) {
    for (MonitoredMachine machine : machines.values()) {
      if (machine.vm() != vm && machine.hostMap().guestFrame(hostFrame) != HostMap.NO_FRAME) {
        return true;
      }
    }
    return false;
  }
}
