package io.vtlb.model.monitor;

import io.vtlb.model.memory.GuestPhysicalMemory;
import io.vtlb.model.target.HostMap;
import java.util.ArrayList;
import java.util.List;

/** What the monitor knows of one virtual machine. */
final class MonitoredMachine {

  private final int vm;
  private final GuestPhysicalMemory memory;
  private final WatchedMemory watched;
  private final List<MonitoredVcpu> vcpus = new ArrayList<>();
  private final RevokedFrames revoked = new RevokedFrames();
  private final WriteLog writes = new WriteLog();

  MonitoredMachine(int vm, GuestPhysicalMemory memory) {
    this.vm = vm;
    this.memory = memory;
    this.watched = new WatchedMemory(memory, this::stored, writes::note);
  }

  int vm() {
    return vm;
  }

  HostMap hostMap() {
    return memory.hostMap();
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

  RevokedFrames revoked() {
    return revoked;
  }

  WriteLog writes() {
    return writes;
  }

  void stored(long physicalAddress) {
    for (MonitoredVcpu vcpu : vcpus) {
      vcpu.admissible().stored(physicalAddress);
    }
  }
}
