package io.vtlb.model.reference;

import io.vtlb.model.memory.GuestPhysicalMemory;
import io.vtlb.model.target.GuestMemory;

/** Guest memory that a target may read only so often, so that a livelock ends. */
final class BoundedMemory implements GuestMemory {

  private static final int MOST_READS = 100;

  private final GuestPhysicalMemory memory;
  private int reads;

  BoundedMemory(GuestPhysicalMemory memory) {
    this.memory = memory;
  }

  @Override
  public long read(long physicalAddress, int bytes) {
    reads++;
    if (reads > MOST_READS) {
      throw new IllegalStateException("memory was read more than " + MOST_READS + " times");
    }
    return memory.read(physicalAddress, bytes);
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
