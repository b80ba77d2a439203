package io.vtlb.conformance.bench.jqwik;

import io.vtlb.model.machine.Vcpu;
import io.vtlb.model.memory.GuestPhysicalMemory;
import io.vtlb.model.paging.EntryBits;
import io.vtlb.model.paging.Walker;
import io.vtlb.model.target.GuestMemory;
import io.vtlb.model.target.HostMap;
import io.vtlb.model.target.VirtualTlb;
import io.vtlb.model.target.VmBlueprint;
import io.vtlb.model.trace.Machine;
import java.util.ArrayList;
import java.util.List;

/** One virtual machine of a chain: its memory, as guest and target see it, and its CPUs. */
final class ChainMachine implements GuestMemory {

  private final HostMap hostMap;
  private final GuestPhysicalMemory memory;
  private final List<ChainCpu> cpus = new ArrayList<>();

  ChainMachine(VmBlueprint blueprint, Machine machine, VirtualTlb target) {
    hostMap = blueprint.hostMap();
    memory = new GuestPhysicalMemory(blueprint.vm(), hostMap);
    machine.words().forEach(word -> memory.write(word.physicalAddress(), word.value()));
    Walker walker = new Walker(blueprint.profile());
    for (int index = 0; index < blueprint.vcpus().size(); index++) {
      Vcpu name = new Vcpu(blueprint.vm(), index);
      cpus.add(new ChainCpu(name, blueprint.vcpus().get(index), this, walker, target));
    }
    target.create(blueprint, this);
  }

  HostMap hostMap() {
    return hostMap;
  }

  GuestPhysicalMemory memory() {
    return memory;
  }

  List<ChainCpu> cpus() {
    return cpus;
  }

  @Override
  public long read(long physicalAddress, int bytes) {
    return memory.read(physicalAddress, bytes);
  }

  /** The target sets accessed and dirty bits, and nothing else. */
  @Override
  public boolean compareAndSet(long physicalAddress, int bytes, long expected, long replacement) {
    Guest.require(
        (expected ^ replacement)
            == (replacement & ~expected & (EntryBits.ACCESSED | EntryBits.DIRTY)),
        () -> "the target wrote 0x%x over 0x%x".formatted(replacement, expected));
    if (!memory.compareAndSet(physicalAddress, bytes, expected, replacement)) {
      return false;
    }
    changed(physicalAddress, bytes);
    return true;
  }

  @Override
  public void store(long physicalAddress, int bytes, long value) {
    memory.store(physicalAddress, bytes, value);
    changed(physicalAddress, bytes);
  }

  private void changed(long physicalAddress, int bytes) {
    for (ChainCpu cpu : cpus) {
      for (int word = 0; word < bytes; word += Integer.BYTES) {
        cpu.admissible().stored(physicalAddress + word);
      }
    }
  }
}
