package io.vtlb.model.target;

/**
 * The guest-physical memory of one virtual machine as its VMM sees it.
 *
 * <p>A VMM reads it freely and writes nothing but accessed and dirty bits, and the stores that it
 * emulates; every write is judged. Addresses are guest-physical, in bytes, naturally aligned. Where
 * no memory stands behind an address, reads give zero and writes have no effect.
 */
public interface GuestMemory {

  /**
   * Reads one entry.
   *
   * @param bytes the width of the entry, 4 or 8
   */
  long read(long physicalAddress, int bytes);

  /**
   * Replaces one entry if it still holds what was read: the locked update with which a processor
   * sets accessed and dirty bits (Intel SDM vol. 3, 4.8).
   *
   * @param bytes the width of the entry, 4 or 8
   * @return false, with nothing changed, if the entry holds something else by now
   */
  boolean compareAndSet(long physicalAddress, int bytes, long expected, long replacement);

  /** Does a guest's store for it, on the way to answering {@code StoreEmulated}. */
  void store(long physicalAddress, int bytes, long value);
}
