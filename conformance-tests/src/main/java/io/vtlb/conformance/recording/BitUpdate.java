package io.vtlb.conformance.recording;

import io.vtlb.model.paging.EntryBits;

/**
 * An accessed or dirty bit that is set in guest memory.
 *
 * @param address the guest-physical address of the entry, in bytes
 */
record BitUpdate(Bit bit, long address) {

  /** Which bit. */
  enum Bit {
    A(EntryBits.ACCESSED),
    D(EntryBits.DIRTY);

    private final long mask;

    Bit(long mask) {
      this.mask = mask;
    }

    long mask() {
      return mask;
    }
  }

  @Override
  public String toString() {
    return bit + "@0x" + Long.toHexString(address);
  }
}
