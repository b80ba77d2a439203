package io.vtlb.conformance.cell;

import io.vtlb.model.target.GuestMemory;

/** A target's view of memory that tells the meter what the target changes. */
final class MeteredMemory implements GuestMemory {

  private final GuestMemory memory;
  private final MeteredMachine machine;

  MeteredMemory(GuestMemory memory, MeteredMachine machine) {
    this.memory = memory;
    this.machine = machine;
  }

  @Override
  public long read(long physicalAddress, int bytes) {
    return memory.read(physicalAddress, bytes);
  }

  /** Accessed and dirty bits are the processor's doing, no edit of the guest. */
  @Override
  public boolean compareAndSet(long physicalAddress, int bytes, long expected, long replacement) {
    boolean done = memory.compareAndSet(physicalAddress, bytes, expected, replacement);
    if (done) {
      machine.updated(physicalAddress, bytes);
    }
    return done;
  }

  @Override
  public void store(long physicalAddress, int bytes, long value) {
    machine.storing(physicalAddress, bytes);
    memory.store(physicalAddress, bytes, value);
    machine.stored();
  }
}
