package io.vtlb.conformance.library;

import io.vtlb.model.target.GuestMemory;

/**
 * Guest memory whose writes reach what the library reads of it.
 *
 * @param memory what is judged
 * @param window what the library reads
 */
record MirroredWrites(GuestMemory memory, MachineWindow window) implements GuestMemory {

  @Override
  public long read(long physicalAddress, int bytes) {
    return memory.read(physicalAddress, bytes);
  }

  @Override
  public boolean compareAndSet(long physicalAddress, int bytes, long expected, long replacement) {
    boolean done = memory.compareAndSet(physicalAddress, bytes, expected, replacement);
    if (done) {
      window.stored(physicalAddress, bytes, replacement);
    }
    return done;
  }

  @Override
  public void store(long physicalAddress, int bytes, long value) {
    memory.store(physicalAddress, bytes, value);
    window.stored(physicalAddress, bytes, value);
  }
}
