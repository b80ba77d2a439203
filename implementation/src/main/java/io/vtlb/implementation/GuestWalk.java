package io.vtlb.implementation;

/** Where one walk of the guest's 32-bit page tables ended (Intel SDM vol. 3, 4.3). */
sealed interface GuestWalk {

  long PRESENT = 1;
  long WRITABLE = 1 << 1;
  long USER = 1 << 2;
  long ACCESSED = 1 << 5;
  long DIRTY = 1 << 6;
  long PAGE_SIZE = 1 << 7;

  /** The walk met an entry with P=0. */
  record NotPresent() implements GuestWalk {}

  /** The walk met a present entry with a reserved bit set. */
  record ReservedBit() implements GuestWalk {}

  /**
   * The walk reached a page. With a 4 MiB page the page-directory entry is the leaf, and both
   * components name it.
   *
   * @param directoryAddress where the page-directory entry was read, guest-physical, in bytes
   * @param directory the page-directory entry as it was read, 32 bits
   * @param leafAddress where the leaf was read, guest-physical, in bytes
   * @param leaf the leaf as it was read, 32 bits
   * @param frame the first guest frame of the page, numbered in 4 KiB
   * @param large the page is 4 MiB
   */
  record Mapped(
      long directoryAddress, long directory, long leafAddress, long leaf, long frame, boolean large)
      implements GuestWalk {

    /** R/W is 1 in every entry used. */
    boolean writable() {
      return everywhere(WRITABLE);
    }

    /** U/S is 1 in every entry used. */
    boolean user() {
      return everywhere(USER);
    }

    /** A is 1 in every entry used. */
    boolean accessed() {
      return everywhere(ACCESSED);
    }

    /** D is 1 in the leaf. */
    boolean dirty() {
      return (leaf & DIRTY) != 0;
    }

    /** The guest frame behind a linear page that this page covers. */
    long frameOf(int linearPage) {
      return large ? frame + LinearPage.tableIndex(linearPage) : frame;
    }

    /** The same walk with another value of the leaf. */
    Mapped withLeaf(long replacement) {
      return new Mapped(
          directoryAddress,
          large ? replacement : directory,
          leafAddress,
          replacement,
          frame,
          large);
    }

    private boolean everywhere(long bit) {
      return (directory & leaf & bit) != 0;
    }
  }
}
