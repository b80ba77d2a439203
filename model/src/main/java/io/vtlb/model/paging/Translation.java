package io.vtlb.model.paging;

/**
 * A complete guest translation: what one walk found and a TLB entry may hold.
 *
 * <p>Source: Intel SDM vol. 3, 4.10.2.2.
 *
 * @param page the first linear page, numbered in 4 KiB
 * @param pages how many base pages the leaf maps
 * @param frame the guest frame of the first page, numbered in 4 KiB
 * @param rights the combined rights
 * @param global the leaf's G bit, if CR4.PGE=1 when it was read
 * @param dirty the leaf's D bit
 */
public record Translation(
    long page, int pages, long frame, WalkRights rights, boolean global, boolean dirty) {

  /** True if the translation is for this linear page. */
  public boolean covers(long linearPage) {
    return linearPage >= page && linearPage < page + pages;
  }

  /** The guest frame of a covered linear page. */
  public long frame(long linearPage) {
    return frame + (linearPage - page);
  }

  /** The part of this translation that is for one linear page. */
  public Translation fragment(long linearPage) {
    return pages == 1
        ? this
        : new Translation(linearPage, 1, frame(linearPage), rights, global, dirty);
  }

  @Override
  public String toString() {
    return "page 0x%x%s -> guest frame 0x%x %s%s%s%s"
        .formatted(
            page,
            pages == 1 ? "" : " (+" + (pages - 1) + ")",
            frame,
            rights.user() ? "user" : "supervisor",
            rights.writable() ? " writable" : " read-only",
            global ? " global" : "",
            dirty ? " dirty" : "");
  }
}
