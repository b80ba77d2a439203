package io.vtlb.implementation;

import org.jspecify.annotations.Nullable;

/** Where one translation of a linear page by the guest's own structure ended. */
sealed interface GuestWalk {

  /** The walk met an entry with P=0. */
  record NotPresent() implements GuestWalk {}

  /** The walk met a present entry with a reserved bit set. */
  record ReservedBit() implements GuestWalk {}

  /**
   * The walk reached a page.
   *
   * @param frame the first guest frame of the page, numbered in 4 KiB
   * @param span the size of the page
   * @param every the bits that are 1 in every entry used
   * @param some the bits that are 1 in at least one entry used
   * @param leaf the entry that maps the page
   * @param unaccessed the first entry above the leaf that has A=0, if there is one
   */
  record Mapped(
      long frame,
      Span span,
      long every,
      long some,
      GuestEntry leaf,
      @Nullable GuestEntry unaccessed)
      implements GuestWalk {

    /** R/W is 1 in every entry used. */
    boolean writable() {
      return (every & GuestEntry.WRITABLE) != 0;
    }

    /** U/S is 1 in every entry used. */
    boolean user() {
      return (every & GuestEntry.USER) != 0;
    }

    /** XD is 1 in some entry used. */
    boolean executeDisable() {
      return (some & GuestEntry.EXECUTE_DISABLE) != 0;
    }

    /** A is 1 in every entry used. */
    boolean accessed() {
      return unaccessed == null && leaf.has(GuestEntry.ACCESSED);
    }

    /** D is 1 in the leaf. */
    boolean dirty() {
      return leaf.has(GuestEntry.DIRTY);
    }

    /** G is 1 in the leaf. */
    boolean global() {
      return leaf.has(GuestEntry.GLOBAL);
    }

    /** The guest frame behind a linear page that this page covers. */
    long frameOf(long linearPage) {
      return frame + span.offset(linearPage);
    }

    /** The same walk with more bits set in the leaf. */
    Mapped withLeaf(long bits) {
      return new Mapped(frame, span, every, some, leaf.with(bits), unaccessed);
    }
  }
}
