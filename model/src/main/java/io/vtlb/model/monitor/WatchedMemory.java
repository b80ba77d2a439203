package io.vtlb.model.monitor;

import io.vtlb.model.machine.PageSize;
import io.vtlb.model.memory.GuestPhysicalMemory;
import io.vtlb.model.target.GuestMemory;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;

/** A target's view of guest memory, which notes every write and tells the admissible sets of it. */
final class WatchedMemory implements GuestMemory {

  /**
   * One write by the target.
   *
   * @param emulated true if the target used {@code store}, false for a compare-and-set that
   *     succeeded
   * @param readOnly true if the host forbade the guest to store there at that moment
   */
  record Write(
      long physicalAddress,
      int bytes,
      long before,
      long after,
      boolean emulated,
      boolean readOnly) {

    /** The write with its values cut to its width. */
    Write narrowed() {
      long mask = bytes == Long.BYTES ? -1L : (1L << (bytes * Byte.SIZE)) - 1;
      return new Write(physicalAddress, bytes, before & mask, after & mask, emulated, readOnly);
    }
  }

  private final GuestPhysicalMemory memory;
  private final LongConsumer changed;
  private final LongConsumer written;
  private final List<Write> writes = new ArrayList<>();

  /**
   * @param changed is told the address of each word that the target changes
   * @param written is told the guest frame of each word that the target changes
   */
  WatchedMemory(GuestPhysicalMemory memory, LongConsumer changed, LongConsumer written) {
    this.memory = memory;
    this.changed = changed;
    this.written = written;
  }

  /** The writes since the last {@link #forgetWrites}. */
  List<Write> writes() {
    return writes;
  }

  void forgetWrites() {
    writes.clear();
  }

  @Override
  public long read(long physicalAddress, int bytes) {
    return memory.read(physicalAddress, bytes);
  }

  @Override
  public boolean compareAndSet(long physicalAddress, int bytes, long expected, long replacement) {
    if (!memory.compareAndSet(physicalAddress, bytes, expected, replacement)) {
      return false;
    }
    note(
        new Write(physicalAddress, bytes, expected, replacement, false, readOnly(physicalAddress)));
    return true;
  }

  @Override
  public void store(long physicalAddress, int bytes, long value) {
    long before = memory.read(physicalAddress, bytes);
    memory.store(physicalAddress, bytes, value);
    note(new Write(physicalAddress, bytes, before, value, true, readOnly(physicalAddress)));
  }

  private boolean readOnly(long physicalAddress) {
    return memory.hostMap().readOnly(PageSize.page(physicalAddress));
  }

  private void note(Write write) {
    writes.add(write.narrowed());
    long frame = PageSize.page(write.physicalAddress());
    if ((write.emulated() || write.before() != write.after()) && memory.backed(frame)) {
      written.accept(frame);
    }
    for (int word = 0; word < write.bytes(); word += Integer.BYTES) {
      changed.accept(write.physicalAddress() + word);
    }
  }
}
