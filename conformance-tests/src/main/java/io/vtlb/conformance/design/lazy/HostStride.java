package io.vtlb.conformance.design.lazy;

import io.vtlb.model.machine.PageSize;
import io.vtlb.model.target.GuestMemory;

/** {@link Slip#HOST_STRIDE}: memory in which entries of four bytes are looked for eight apart. */
record HostStride(GuestMemory memory) implements GuestMemory {

  @Override
  public long read(long physicalAddress, int bytes) {
    return memory.read(strided(physicalAddress, bytes), bytes);
  }

  @Override
  public boolean compareAndSet(long physicalAddress, int bytes, long expected, long replacement) {
    return memory.compareAndSet(strided(physicalAddress, bytes), bytes, expected, replacement);
  }

  @Override
  public void store(long physicalAddress, int bytes, long value) {
    memory.store(strided(physicalAddress, bytes), bytes, value);
  }

  private static long strided(long address, int bytes) {
    int index = PageSize.offset(address) / bytes;
    return address + (long) index * (Long.BYTES - bytes);
  }
}
