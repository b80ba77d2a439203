package io.vtlb.implementation;

import io.vtlb.model.machine.AccessKind;
import io.vtlb.model.machine.AccessRights;
import io.vtlb.model.target.ActiveEntry;

/**
 * The encoding of a valid active entry in one {@code long}; {@link #NONE} is no entry.
 *
 * <p>Bits 2:0 are the rights to read, write and execute, of which a valid entry has at least one.
 * Bits 4:3 are the span of the entry, and bits 6:5 that of the guest page that it is part of. Bit 7
 * says that the guest page is global. Bits 12:8 are its protection key plus one, or 0. Bits 63:16
 * are the host frame, numbered in 4 KiB.
 */
final class EntryBits {

  static final long NONE = 0;
  static final long READ = 1;
  static final long WRITE = 1 << 1;
  static final long EXECUTE = 1 << 2;
  static final long RIGHTS = READ | WRITE | EXECUTE;
  static final long GLOBAL = 1 << 7;

  private static final int SPAN_SHIFT = 3;
  private static final int GUEST_SPAN_SHIFT = 5;
  private static final int SPAN_MASK = Span.CODES - 1;
  private static final int KEY_SHIFT = 8;
  private static final int KEY_MASK = 0x1F;
  private static final int FRAME_SHIFT = 16;

  /** What only the virtual TLB knows of an entry. */
  private static final long HIDDEN = GLOBAL | SPAN_MASK << GUEST_SPAN_SHIFT;

  private static final AccessRights[] DECODED = new AccessRights[8];

  static {
    for (int bits = 0; bits < DECODED.length; bits++) {
      DECODED[bits] =
          new AccessRights((bits & READ) != 0, (bits & WRITE) != 0, (bits & EXECUTE) != 0);
    }
  }

  private EntryBits() {}

  /** The entry for a whole guest page that is not global and has no key, or none without rights. */
  static long of(long hostFrame, long rights, Span span) {
    return of(hostFrame, rights, span, span, ActiveEntry.NO_KEY);
  }

  /** The entry for a part of a guest page that is not global, or none without rights. */
  static long of(long hostFrame, long rights, Span span, Span guestSpan, int key) {
    return rights == 0
        ? NONE
        : hostFrame << FRAME_SHIFT
            | (long) (key + 1) << KEY_SHIFT
            | (long) guestSpan.code() << GUEST_SPAN_SHIFT
            | (long) span.code() << SPAN_SHIFT
            | rights;
  }

  static long hostFrame(long entry) {
    return entry >>> FRAME_SHIFT;
  }

  static long rights(long entry) {
    return entry & RIGHTS;
  }

  static int key(long entry) {
    return (int) (entry >>> KEY_SHIFT & KEY_MASK) - 1;
  }

  /** How much the entry maps. */
  static Span span(long entry) {
    return Span.of((int) (entry >>> SPAN_SHIFT) & SPAN_MASK);
  }

  /** How large the guest page is that the entry is part of; never less than {@link #span}. */
  static Span guestSpan(long entry) {
    return Span.of((int) (entry >>> GUEST_SPAN_SHIFT) & SPAN_MASK);
  }

  /** The same entry with only those of its rights that are also in {@code limit}. */
  static long limited(long entry, long limit) {
    long rights = rights(entry) & limit;
    return rights == 0 ? NONE : (entry & ~RIGHTS) | rights;
  }

  /** The same entry without the right to write. */
  static long withoutWrites(long entry) {
    return limited(entry, ~WRITE);
  }

  /** True if the entry maps a part of a larger guest page. */
  static boolean isFragment(long entry) {
    return span(entry) != guestSpan(entry);
  }

  /** True if two entries of the same page are one to the processor. */
  static boolean sameToProcessor(long entry, long other) {
    return ((entry ^ other) & ~HIDDEN) == 0;
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
  static ActiveEntry decoded(long page, long entry) {
    AccessRights rights = DECODED[(int) rights(entry)];
    return new ActiveEntry(page, span(entry).pages(), hostFrame(entry), rights, key(entry));
  }
}
