package io.vtlb.model.reference;

import io.vtlb.model.machine.Vcpu;
import io.vtlb.model.paging.Walker;
import io.vtlb.model.target.GuestMemory;
import io.vtlb.model.target.HostMap;
import io.vtlb.model.target.VmBlueprint;
import java.util.ArrayList;
import java.util.List;

/** One virtual machine as the VMM keeps it; nothing in it is shared with another (claim 11). */
final class VirtualMachine {

  private final GuestMemory memory;
  private final DirtyLog dirtyLog = new DirtyLog();
  private HostMap hostMap;
  private final Walker walker;
  private final List<VirtualCpu> vcpus = new ArrayList<>();

  VirtualMachine(VmBlueprint blueprint, GuestMemory memory) {
    this.memory = memory;
    this.hostMap = blueprint.hostMap();
    this.walker = new Walker(blueprint.profile());
    for (int index = 0; index < blueprint.vcpus().size(); index++) {
      vcpus.add(
          new VirtualCpu(new Vcpu(blueprint.vm(), index), blueprint.vcpus().get(index).control()));
    }
  }

  GuestMemory memory() {
    return memory;
  }

  HostMap hostMap() {
    return hostMap;
  }

  void remap(HostMap now) {
    hostMap = now;
  }

  DirtyLog dirtyLog() {
    return dirtyLog;
  }

  Walker walker() {
    return walker;
  }

  List<VirtualCpu> vcpus() {
    return vcpus;
  }

  VirtualCpu vcpu(Vcpu name) {
    return vcpus.get(name.index());
  }
}
