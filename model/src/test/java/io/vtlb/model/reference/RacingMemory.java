package io.vtlb.model.reference;

import io.vtlb.model.memory.GuestPhysicalMemory;
import io.vtlb.model.target.GuestMemory;

/** Guest memory in which another agent writes one word right after a target's n-th read. */
final class RacingMemory implements GuestMemory {

  private final GuestPhysicalMemory memory;
  private final int raceAfter;
  private final long address;
  private final int value;
  private int reads;

  RacingMemory(GuestPhysicalMemory memory, int raceAfter, long address, int value) {
    this.memory = memory;
    this.raceAfter = raceAfter;
    this.address = address;
    this.value = value;
  }

  int reads() {
    return reads;
  }

  @Override
  public long read(long physicalAddress, int bytes) {
    long read = memory.read(physicalAddress, bytes);
    reads++;
    if (reads == raceAfter) {
      memory.write(address, value);
    }
    return read;
  }

  @Override
  public boolean compareAndSet(long physicalAddress, int bytes, long expected, long replacement) {
    return memory.compareAndSet(physicalAddress, bytes, expected, replacement);
  }

  @Override
  public void store(long physicalAddress, int bytes, long stored) {
    memory.store(physicalAddress, bytes, stored);
  }
}
