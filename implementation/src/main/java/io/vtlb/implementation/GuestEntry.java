package io.vtlb.implementation;

import io.vtlb.model.machine.PageSize;

/**
 * One entry of the guest's tables as a walk read it.
 *
 * @param address where it was read, guest-physical, in bytes
 * @param value its bits; four-byte entries have none above bit 31
 */
record GuestEntry(long address, long value) {

  static final long PRESENT = 1;
  static final long WRITABLE = 1 << 1;
  static final long USER = 1 << 2;
  static final long ACCESSED = 1 << 5;
  static final long DIRTY = 1 << 6;
  static final long PAGE_SIZE = 1 << 7;
  static final long GLOBAL = 1 << 8;
  static final long EXECUTE_DISABLE = 1L << 63;

  private static final int KEY_SHIFT = 59;
  private static final int KEY_MASK = 0xF;

  /** The guest frame in which an entry lies, numbered in 4 KiB. */
  static long frame(long address) {
    return address >>> PageSize.BASE_SHIFT;
  }

  boolean has(long bits) {
    return (value & bits) == bits;
  }

  /** The protection key of a leaf of IA-32e mode, bits 62:59 (Intel SDM vol. 3, 4.6.2). */
  int key() {
    return (int) (value >>> KEY_SHIFT) & KEY_MASK;
  }

  /** The same entry with more bits set. */
  GuestEntry with(long bits) {
    return new GuestEntry(address, value | bits);
  }
}
