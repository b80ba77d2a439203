package io.vtlb.model.monitor;

import io.vtlb.model.memory.GuestPhysicalMemory;
import io.vtlb.model.target.HostMap;
import java.util.ArrayList;
import java.util.List;

/** What the monitor knows of one virtual machine. */
final class MonitoredMachine {

  private final int vm;
  private final HostMap hostMap;
  private final GuestPhysicalMemory memory;
  private final WatchedMemory watched;
  private final List<MonitoredVcpu> vcpus = new ArrayList<>();

  MonitoredMachine(int vm, HostMap hostMap, GuestPhysicalMemory memory) {
    this.vm = vm;
    this.hostMap = hostMap;
    this.memory = memory;
    this.watched = new WatchedMemory(memory, this::stored);
  }

  int vm() {
    return vm;
  }

  HostMap hostMap() {
    return hostMap;
  }

  GuestPhysicalMemory memory() {
    return memory;
  }

  WatchedMemory watched() {
    return watched;
  }

  List<MonitoredVcpu> vcpus() {
    return vcpus;
  }

  void stored(long physicalAddress) {
    for (MonitoredVcpu vcpu : vcpus) {
      vcpu.admissible().stored(physicalAddress);
    }
  }
}
