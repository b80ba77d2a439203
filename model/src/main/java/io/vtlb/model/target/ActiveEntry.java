package io.vtlb.model.target;

import io.vtlb.model.machine.AccessRights;

/**
 * One valid entry of the active structure, resolved for one privilege set.
 *
 * @param page the first linear page, numbered in 4 KiB
 * @param pages how many base pages the entry maps: 1, or {@code PageSize.LARGE_4M}
 * @param hostFrame the host frame that the first page maps to, numbered in 4 KiB
 * @param rights what the privilege set may do through the entry; withheld rights are absent
 */
public record ActiveEntry(long page, int pages, long hostFrame, AccessRights rights) {

  /** True if the entry maps this linear page, numbered in 4 KiB. */
  public boolean covers(long linearPage) {
    return linearPage >= page && linearPage < page + pages;
  }

  /** The host frame that a covered linear page maps to. */
  public long hostFrame(long linearPage) {
    return hostFrame + (linearPage - page);
  }

  /** The entry as reports show it, for example {@code page 0x10 -> host frame 0x203 rw-}. */
  @Override
  public String toString() {
    return "page 0x%x%s -> host frame 0x%x %s"
        .formatted(page, pages == 1 ? "" : " (+" + (pages - 1) + ")", hostFrame, rights);
  }
}
