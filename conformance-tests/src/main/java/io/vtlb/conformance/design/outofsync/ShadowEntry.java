package io.vtlb.conformance.design.outofsync;

import io.vtlb.model.paging.EntryBits;
import java.util.function.LongPredicate;

/** A valid entry of a shadow page; it keeps the guest's entry, whose flags are its own. */
sealed interface ShadowEntry {

  /** The guest's entry that it was made from: what is compared when its table is resynchronised. */
  long guest();

  /** True if it is for such a guest frame itself. */
  default boolean maps(LongPredicate frames) {
    return switch (this) {
      case Link link -> false;
      case Page page -> frames.test(page.frame());
      case Device device -> frames.test(device.frame());
    };
  }

  /** Names the shadow of the next table, or the splinters of a large page. */
  record Link(long guest, Shadow child) implements ShadowEntry {

    /** Only splinters are written through the guest's entry itself, which needs its D bit. */
    boolean mayWrite() {
      return !child.type().splintered() || (guest & EntryBits.DIRTY) != 0;
    }
  }

  /**
   * Maps a small page.
   *
   * @param frame the guest frame
   * @param hostFrame the host frame behind it
   * @param mayWrite false if the write right is withheld, for D, write protection or a dirty log
   */
  record Page(long guest, long frame, long hostFrame, boolean mayWrite) implements ShadowEntry {

    Page readOnly() {
      return new Page(guest, frame, hostFrame, false);
    }

    /** True if whatever a processor cached of an older entry may stay. */
    boolean includes(Page older) {
      return hostFrame == older.hostFrame
          && ((guest ^ older.guest) & ~EntryBits.DIRTY) == 0
          && (mayWrite || !older.mayWrite);
    }
  }

  /**
   * Not valid to the processor, but tells the fault handler that the page belongs to a device.
   *
   * @param frame the guest frame, which has no memory behind it
   * @param dirty false if the guest's D bit has to be set before a store
   */
  record Device(long guest, long frame, boolean dirty) implements ShadowEntry {}
}
