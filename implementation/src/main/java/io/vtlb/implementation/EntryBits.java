package io.vtlb.implementation;

import io.vtlb.model.machine.AccessKind;
import io.vtlb.model.machine.AccessRights;
import io.vtlb.model.machine.PageSize;
import io.vtlb.model.target.ActiveEntry;

/**
 * The encoding of a valid active entry in one {@code long}; {@link #NONE} is no entry.
 *
 * <p>Bits 2:0 are the rights to read, write and execute, bit 3 says that the entry maps a whole 4
 * MiB region, bit 4 that it maps 4 KiB of a guest page of 4 MiB, and bits 63:8 are the host frame,
 * numbered in 4 KiB. Every valid entry grants reads, because 32-bit paging has no page that can
 * only be written or executed; so no valid entry is zero.
 */
final class EntryBits {

  static final long NONE = 0;
  static final long READ = 1;
  static final long WRITE = 1 << 1;
  static final long EXECUTE = 1 << 2;
  static final long RIGHTS = READ | WRITE | EXECUTE;

  /** Shape of an entry that maps all 1024 pages of a guest page of 4 MiB. */
  static final long LARGE = 1 << 3;

  /** Shape of an entry that maps one 4 KiB page of a guest page of 4 MiB. */
  static final long FRAGMENT = 1 << 4;

  /** Shape of an entry that maps a guest page of 4 KiB. */
  static final long BASE = 0;

  private static final int FRAME_SHIFT = 8;

  private static final AccessRights[] DECODED = new AccessRights[8];

  static {
    for (int bits = 0; bits < DECODED.length; bits++) {
      DECODED[bits] =
          new AccessRights((bits & READ) != 0, (bits & WRITE) != 0, (bits & EXECUTE) != 0);
    }
  }

  private EntryBits() {}

  /** The entry with this host frame, rights and shape, or none if there are no rights. */
  static long of(long hostFrame, long rights, long shape) {
    return rights == 0 ? NONE : hostFrame << FRAME_SHIFT | shape | rights;
  }

  static long hostFrame(long entry) {
    return entry >>> FRAME_SHIFT;
  }

  static long rights(long entry) {
    return entry & RIGHTS;
  }

  /** The same entry with only those of its rights that are also in {@code limit}. */
  static long limited(long entry, long limit) {
    return entry & (limit | ~RIGHTS);
  }

  static boolean isLarge(long entry) {
    return (entry & LARGE) != 0;
  }

  static boolean isFragment(long entry) {
    return (entry & FRAGMENT) != 0;
  }

  /** True if two entries of the same page are one to the processor. */
  static boolean sameToProcessor(long entry, long other) {
    return ((entry ^ other) & ~FRAGMENT) == 0;
  }

  /** The right that an access of this kind needs. */
  static long right(AccessKind kind) {
    return switch (kind) {
      case LOAD -> READ;
      case STORE -> WRITE;
      case FETCH -> EXECUTE;
    };
  }

  /** The entry as the kit sees it, starting at a linear page. */
  static ActiveEntry decoded(int page, long entry) {
    int pages = isLarge(entry) ? PageSize.LARGE_4M : 1;
    return new ActiveEntry(page, pages, hostFrame(entry), DECODED[(int) rights(entry)]);
  }
}
