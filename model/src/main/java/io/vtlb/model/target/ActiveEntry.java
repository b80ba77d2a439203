package io.vtlb.model.target;

import io.vtlb.model.machine.Access;
import io.vtlb.model.machine.AccessRights;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.PageSize;
import io.vtlb.model.machine.ProtectionKeyRights;
import org.jspecify.annotations.Nullable;

/**
 * One valid entry of the active structure, resolved for one privilege set.
 *
 * @param page the first linear page, numbered in 4 KiB
 * @param pages how many base pages the entry maps: a size of {@code PageSize}
 * @param hostFrame the host frame that the first page maps to, numbered in 4 KiB
 * @param rights what the privilege set may do through the entry; withheld rights are absent, and
 *     what PKRU takes away is not subtracted
 * @param key the protection key that the processor applies PKRU by, 0 to 15, or {@link #NO_KEY} for
 *     an entry that is supervisor-mode to the processor
 */
public record ActiveEntry(long page, int pages, long hostFrame, AccessRights rights, int key) {

  /** No protection key restricts the entry. */
  public static final int NO_KEY = -1;

  /** An entry that no protection key restricts. */
  public ActiveEntry(long page, int pages, long hostFrame, AccessRights rights) {
    this(page, pages, hostFrame, rights, NO_KEY);
  }

  /** True if the entry maps this linear page, numbered in 4 KiB. */
  public boolean covers(long linearPage) {
    return linearPage >= page && linearPage < page + pages;
  }

  /** The host frame that a covered linear page maps to. */
  public long hostFrame(long linearPage) {
    return hostFrame + (linearPage - page);
  }

  /** True if the processor lets an access to a covered page through, PKRU included. */
  public boolean permits(Access access, ControlState control) {
    return rights.allow(access.kind())
        && (key == NO_KEY
            || !control.protectionKeys()
            || !ProtectionKeyRights.forbid(access.pkru(), key, access, control));
  }

  /** Entries are compared at every event, and most differ in the page. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ActiveEntry entry
        && page == entry.page
        && hostFrame == entry.hostFrame
        && pages == entry.pages
        && key == entry.key
        && rights.equals(entry.rights);
  }

  @Override
  public int hashCode() {
    return (Long.hashCode(page) * 31 + Long.hashCode(hostFrame)) * 31 + rights.hashCode();
  }

  /** The entry as reports show it, for example {@code page 0x10 -> host frame 0x203 rw-}. */
  @Override
  public String toString() {
    return "page 0x%x%s -> host frame 0x%x %s%s"
        .formatted(
            page & PageSize.PAGE_NUMBER,
            pages == 1 ? "" : " (+" + (pages - 1) + ")",
            hostFrame,
            rights,
            key == NO_KEY ? "" : " key " + key);
  }
}
