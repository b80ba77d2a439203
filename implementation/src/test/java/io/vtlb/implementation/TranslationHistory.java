package io.vtlb.implementation;

import io.vtlb.model.machine.AccessRights;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.PrivilegeSet;
import io.vtlb.model.target.ActiveEntry;
import io.vtlb.model.target.HostMap;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * All translations of a few pages that a TLB without paging-structure caches might hold: each that
 * memory has shown with every A bit set since the last invalidation of its page.
 *
 * <p>It walks by a reading of its own, for a processor with PSE-36 and 40 address bits.
 */
final class TranslationHistory {

  /** One translation of one page; {@code large} if it comes from a page of 4 MiB. */
  record Translation(
      long page, long frame, boolean writable, boolean user, boolean dirty, boolean large) {

    /** What an active entry made from it may grant. */
    AccessRights rights(PrivilegeSet set, ControlState control) {
      if (set == PrivilegeSet.USER) {
        return new AccessRights(user, user && writable && dirty, user);
      }
      boolean write = dirty && (writable || !control.writeProtect());
      return new AccessRights(true, write, true);
    }
  }

  private final Set<Translation> held = new HashSet<>();
  private final WordMemory memory;
  private final long[] pages;

  TranslationHistory(WordMemory memory, long... pages) {
    this.memory = memory;
    this.pages = pages;
  }

  /** Adds what memory shows now. */
  void fill(ControlState control) {
    for (long page : pages) {
      walk(control, page).ifPresent(held::add);
    }
  }

  void invalidateAll() {
    held.clear();
  }

  /** Forgets the page, and the whole large page that it is part of. */
  void invalidate(long page) {
    held.removeIf(
        kept -> kept.page() == page || (kept.large() && kept.page() / 1024 == page / 1024));
  }

  /** True if an entry, as far as it covers the pages, is made of translations that may be held. */
  boolean admits(ActiveEntry entry, PrivilegeSet set, ControlState control) {
    for (long page : pages) {
      if (entry.covers(page)
          && held.stream().noneMatch(kept -> grants(kept, page, entry, set, control))) {
        return false;
      }
    }
    return true;
  }

  /** True if an entry is no more than what memory shows now, with every A bit set. */
  boolean matchesNow(ActiveEntry entry, PrivilegeSet set, ControlState control) {
    for (long page : pages) {
      if (entry.covers(page)
          && walk(control, page).filter(now -> grants(now, page, entry, set, control)).isEmpty()) {
        return false;
      }
    }
    return true;
  }

  private static boolean grants(
      Translation from, long page, ActiveEntry entry, PrivilegeSet set, ControlState control) {
    return from.page() == page
        && Guest.HOST_MAP.hostFrame(from.frame()) != HostMap.NO_FRAME
        && Guest.HOST_MAP.hostFrame(from.frame()) == entry.hostFrame(page)
        && entry.rights().within(from.rights(set, control));
  }

  private Optional<Translation> walk(ControlState control, long page) {
    long directory = memory.get((control.cr3() & ~0xFFFL) + page / 1024 * 4);
    boolean large = (directory & 0x80) != 0 && control.pageSizeExtensions();
    long leaf = large ? directory : memory.get((directory & ~0xFFFL) + page % 1024 * 4);
    long both = directory & leaf;
    boolean reserved = large && (directory & 1 << 21) != 0;
    if ((both & 0x21) != 0x21 || reserved) {
      return Optional.empty();
    }
    long frame =
        large
            ? (directory >> 22) * 1024 + page % 1024 + ((directory >> 13) % 256) * 0x100000
            : leaf >> 12;
    return Optional.of(
        new Translation(page, frame, (both & 2) != 0, (both & 4) != 0, (leaf & 0x40) != 0, large));
  }
}
