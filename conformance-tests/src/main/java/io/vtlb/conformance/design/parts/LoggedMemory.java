package io.vtlb.conformance.design.parts;

import io.vtlb.model.machine.PageSize;
import io.vtlb.model.target.GuestMemory;

/** Guest memory in which what the VMM itself changes is noted for the dirty log. */
public record LoggedMemory(GuestMemory memory, HostMemory host) implements GuestMemory {

  @Override
  public long read(long physicalAddress, int bytes) {
    return memory.read(physicalAddress, bytes);
  }

  @Override
  public boolean compareAndSet(long physicalAddress, int bytes, long expected, long replacement) {
    boolean done = memory.compareAndSet(physicalAddress, bytes, expected, replacement);
    if (done) {
      host.wrote(physicalAddress >>> PageSize.BASE_SHIFT, 1);
    }
    return done;
  }

  @Override
  public void store(long physicalAddress, int bytes, long value) {
    memory.store(physicalAddress, bytes, value);
    host.wrote(physicalAddress >>> PageSize.BASE_SHIFT, 1);
  }
}
