package io.vtlb.conformance.design.lazy;

import io.vtlb.model.paging.Translation;
import io.vtlb.model.target.ActiveEntry;

/**
 * One entry of the virtual TLB.
 *
 * @param entry what the processor sees, of the host's size
 * @param guest the guest's translation behind it, which may be for a larger page: what INVLPG drops
 *     goes by the guest's size
 */
record CachedPage(ActiveEntry entry, Translation guest) {
  /** True if an invalidation of this linear page, numbered in 4 KiB, has to drop the entry. */
  boolean concerns(long page) {
    return guest.covers(page) || entry.covers(page);
  }

  boolean overlaps(ActiveEntry other) {
    return entry.page() < other.page() + other.pages()
        && other.page() < entry.page() + entry.pages();
  }
}
