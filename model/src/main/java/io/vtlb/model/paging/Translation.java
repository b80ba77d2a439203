package io.vtlb.model.paging;

import io.vtlb.model.machine.PageSize;

/**
 * A complete guest translation: what one walk found and a TLB entry may hold.
 *
 * <p>Source: Intel SDM vol. 3, 4.10.2.2.
 *
 * @param page the first linear page, numbered in 4 KiB
 * @param pages how many base pages the leaf maps
 * @param frame the guest frame of the first page, numbered in 4 KiB
 * @param rights the combined rights
 * @param key the leaf's protection key, 0 where there are none
 * @param pcid the PCID that it belongs to
 * @param global the leaf's G bit, if CR4.PGE=1 when it was read
 * @param dirty the leaf's D bit
 */
public record Translation(
    long page,
    int pages,
    long frame,
    WalkRights rights,
    int key,
    int pcid,
    boolean global,
    boolean dirty) {

  /** What holds without paging: the linear page is the frame, and nothing is protected. */
  public static Translation identity(long page) {
    return new Translation(page, 1, page, WalkRights.ROOT, 0, 0, false, true);
  }

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
        : new Translation(linearPage, 1, frame(linearPage), rights, key, pcid, global, dirty);
  }

  /** The same translation with D=1. */
  public Translation withDirty() {
    return dirty ? this : new Translation(page, pages, frame, rights, key, pcid, global, true);
  }

  /** True if it is used under this PCID: a global one is under every. */
  public boolean usedUnder(int current) {
    return global || pcid == current;
  }

  @Override
  public String toString() {
    return "page 0x%x%s -> guest frame 0x%x %s%s%s%s%s%s%s"
        .formatted(
            page & PageSize.PAGE_NUMBER,
            pages == 1 ? "" : " (+" + (pages - 1) + ")",
            frame,
            rights.user() ? "user" : "supervisor",
            rights.writable() ? " writable" : " read-only",
            rights.executable() ? "" : " execute-disabled",
            key == 0 ? "" : " key " + key,
            pcid == 0 ? "" : " pcid " + pcid,
            global ? " global" : "",
            dirty ? " dirty" : "");
  }
}
