package io.vtlb.implementation;

import io.vtlb.model.machine.Capability;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.Profile;
import io.vtlb.model.machine.Vendor;

/**
 * What a walk through memory finds for one page, by a reading of the manual of its own.
 *
 * @param code P and RSVD of the error code of a walk that was stopped; {@link #REACHED} if none was
 * @param start the first page of the guest page reached
 * @param pages how many base pages it has
 * @param frame the guest frame behind the page
 * @param writable R/W is 1 everywhere
 * @param user U/S is 1 everywhere
 * @param executeDisable XD is 1 somewhere
 * @param accessed A is 1 everywhere
 * @param leaf the last entry
 */
record PlainWalk(
    int code,
    long start,
    int pages,
    long frame,
    boolean writable,
    boolean user,
    boolean executeDisable,
    boolean accessed,
    long leaf) {

  static final int REACHED = -1;
  private static final int RESERVED = 9;

  static PlainWalk of(WordMemory memory, ControlState control, Profile profile, long page) {
    Layout layout = Layout.of(control);
    if (layout == Layout.NO_PAGING) {
      return new PlainWalk(REACHED, page, 1, page, true, true, false, true, Guest.D);
    }
    long table = control.cr3();
    if (layout == Layout.PAE) {
      table = control.pdptes().get((int) (page >> 18));
      if (table % 2 == 0) {
        return stopped(0);
      }
    } else if (layout == Layout.BITS_32) {
      table &= 0xFFFF_FFFFL;
    }
    boolean writable = true;
    boolean user = true;
    boolean executeDisable = false;
    boolean accessed = true;
    for (int level = layout.levels() - 1; ; level--) {
      int bytes = layout.entryBytes();
      long base = table >> 12 & (1L << 40) - 1;
      long entry = memory.get((base << 12) + (long) bytes * layout.index(level, page), bytes);
      if (!bit(entry, 0)) {
        return stopped(0);
      }
      boolean sized = bytes == 8 || control.pageSizeExtensions();
      boolean large = bit(entry, 7) && level > 0 && level < 3 && sized;
      if (violated(layout, level, large, entry, control, profile)) {
        return stopped(RESERVED);
      }
      writable &= bit(entry, 1);
      user &= bit(entry, 2);
      accessed &= bit(entry, 5);
      executeDisable |= bit(entry, 63);
      if (level == 0 || large) {
        int pages = layout.pages(level);
        long first = (entry >> 12 & (1L << 40) - 1) / pages * pages;
        if (bytes == 4 && large) {
          first = (entry >> 22) * 1024 + (entry >> 13 & 0xFF) * 0x100000;
        }
        return new PlainWalk(
            REACHED,
            Math.floorDiv(page, (long) pages) * pages,
            pages,
            first + Math.floorMod(page, (long) pages),
            writable,
            user,
            executeDisable,
            accessed,
            entry);
      }
      table = entry;
    }
  }

  private static PlainWalk stopped(int code) {
    return new PlainWalk(code, 0, 0, 0, false, false, false, false, 0);
  }

  private static boolean violated(
      Layout layout, int level, boolean large, long entry, ControlState control, Profile profile) {
    if (layout == Layout.BITS_32) {
      return large && bit(entry, 21);
    }
    int end = layout == Layout.PAE ? 62 : 51;
    for (int bit = profile.physicalAddressBits(); bit <= end; bit++) {
      if (bit(entry, bit)) {
        return true;
      }
    }
    if (bit(entry, 63) && !control.noExecute()) {
      return true;
    }
    if (level >= 3 && (bit(entry, 7) || (profile.vendor() == Vendor.AMD && bit(entry, 8)))) {
      return true;
    }
    if (large && level == 2 && !profile.has(Capability.PAGES_1G)) {
      return true;
    }
    return large && (entry & (1L << (level == 2 ? 30 : 21)) - (1L << 13)) != 0;
  }

  private static boolean bit(long entry, int bit) {
    return (entry >>> bit & 1) == 1;
  }

  boolean reached() {
    return code == REACHED;
  }

  boolean dirty() {
    return bit(leaf, 6);
  }

  boolean global(ControlState control) {
    return bit(leaf, 8) && control.globalPages();
  }

  int key() {
    return (int) (leaf >>> 59) & 15;
  }
}
