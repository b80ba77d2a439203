package org.example;

import io.vtlb.model.machine.*;
import io.vtlb.model.target.ActiveEntry;

/**
 * The walk of the guest's tables for one access, as its processor would make it (Intel SDM vol. 3,
 * 4.2 to 4.8): an accessed bit is set before the walk goes on below its entry, and the dirty bit
 * before a store.
 */
record GuestWalk(Machine machine, ControlState control, Access access) {

  private static final long PRESENT = 1;
  private static final long WRITABLE = 1 << 1;
  private static final long USER = 1 << 2;
  private static final long ACCESSED = 1 << 5;
  private static final long DIRTY = 1 << 6;
  private static final long LARGE = 1 << 7;
  private static final long EXECUTE_DISABLE = 1L << 63;

  /** How a walk ends. */
  sealed interface End {}

  /** The guest would have had this fault alone. */
  record Fault(FaultCode code) implements End {}

  /**
   * The guest's page, which permits the access.
   *
   * @param first its first linear page, numbered in 4 KiB
   * @param pages how many there are
   * @param frame the guest frame of the first
   * @param pkey the leaf's protection key, where the mode has any
   */
  record Page(long first, long pages, long frame, Bits bits, boolean dirty, int pkey)
      implements End {

    boolean covers(long page) {
      return page >= first && page < first + pages;
    }

    long frame(long page) {
      return frame + (page - first);
    }

    /** What a privilege set may do, protection keys aside. */
    AccessRights rights(PrivilegeSet set, ControlState control) {
      if (!control.paging()) {
        return new AccessRights(true, true, true);
      }
      if (set == PrivilegeSet.USER) {
        return new AccessRights(bits.user, bits.user && bits.write, bits.user && bits.execute);
      }
      boolean prevented = control.supervisorAccessPrevention() && set == PrivilegeSet.SUPERVISOR;
      boolean touch = !(bits.user && prevented);
      return new AccessRights(
          touch,
          touch && (bits.write || !control.writeProtect()),
          bits.execute && !(bits.user && control.supervisorExecutionPrevention()));
    }

    /** The key that the processor applies PKRU by. */
    int key(ControlState control) {
      return bits.user && control.protectionKeys() ? pkey : ActiveEntry.NO_KEY;
    }
  }

  /** What the protection bits of a whole walk grant. */
  record Bits(boolean write, boolean user, boolean execute) {}

  End run() {
    if (!control.paging()) {
      return new Page(access.page(), 1, access.page(), new Bits(true, true, true), true, 0);
    }
    int bytes = control.physicalAddressExtension() ? 8 : 4;
    int levels = control.longMode() ? control.fiveLevels() ? 5 : 4 : 2;
    int indexBits = bytes == 8 ? 9 : 10;
    long table = control.cr3();
    if (control.paePaging()) {
      // The top level is in registers, with neither rights nor an accessed bit.
      table = control.pdptes().get((int) (access.address() >>> 30 & 3));
      if ((table & PRESENT) == 0) {
        return fault(0);
      }
    }
    int shift = PageSize.BASE_SHIFT + indexBits * (levels - 1);
    long granted = -1;
    while (true) {
      long index = access.address() >>> shift & ((1L << indexBits) - 1);
      long address = (table & bits(bytes == 8 ? 51 : 31, 12)) + index * bytes;
      long entry = machine.memory.read(address, bytes);
      if ((entry & PRESENT) == 0) {
        return fault(0);
      }
      boolean leaf = shift == PageSize.BASE_SHIFT || ((entry & LARGE) != 0 && mayBeLarge(shift));
      if ((entry & reserved(shift, bytes, leaf)) != 0) {
        return fault(FaultCode.PRESENT | FaultCode.RESERVED);
      }
      // Each entry can only take away; execution, where the bit is set.
      long grants = granted & (bytes == 8 ? entry ^ EXECUTE_DISABLE : entry | EXECUTE_DISABLE);
      if (!leaf) {
        if (isSet(address, bytes, entry, ACCESSED)) {
          granted = grants;
          table = entry;
          shift -= indexBits;
        }
        continue;
      }
      Page page = leaf(entry, shift, bytes, grants);
      boolean forbidden =
          page.key(control) != ActiveEntry.NO_KEY
              && ProtectionKeyRights.forbid(access.pkru(), page.pkey(), access, control);
      if (forbidden || !page.rights(access.set(), control).allow(access.kind())) {
        return fault(FaultCode.PRESENT | (forbidden ? FaultCode.PROTECTION_KEY : 0));
      }
      if (isSet(address, bytes, entry, access.isStore() ? ACCESSED | DIRTY : ACCESSED)) {
        return page;
      }
    }
  }

  /** Sets bits in an entry; if it has changed since it was read, false: it is to be read again. */
  private boolean isSet(long address, int bytes, long entry, long bits) {
    if ((entry & bits) == bits) {
      return true;
    }
    machine.written.add(PageSize.page(address));
    return machine.memory.compareAndSet(address, bytes, entry, entry | bits);
  }

  private Page leaf(long entry, int shift, int bytes, long grants) {
    boolean high = shift == 22 && machine.profile.has(Capability.PSE36);
    long address =
        (entry & bits(bytes == 8 ? 51 : 31, shift)) | (high ? (entry >>> 13 & 0xFF) << 32 : 0);
    long pages = 1L << (shift - PageSize.BASE_SHIFT);
    Bits bits =
        new Bits((grants & WRITABLE) != 0, (grants & USER) != 0, (grants & EXECUTE_DISABLE) != 0);
    boolean dirty = access.isStore() || (entry & DIRTY) != 0;
    int key = (int) (entry >>> 59) & 0xF;
    return new Page(access.page() & -pages, pages, PageSize.page(address), bits, dirty, key);
  }

  private boolean mayBeLarge(int shift) {
    return shift == 21
        || (shift == 22 && control.pageSizeExtensions())
        || (shift == 30 && machine.profile.has(Capability.PAGES_1G));
  }

  /** The bits that must be clear in a present entry (Intel SDM vol. 3, tables 4-4 to 4-20). */
  private long reserved(int shift, int bytes, boolean leaf) {
    int width = machine.profile.physicalAddressBits();
    if (bytes == 4) {
      int reach = machine.profile.has(Capability.PSE36) ? Math.min(40, width) : 32;
      return leaf && shift == 22 ? bits(21, reach - 19) : 0;
    }
    long always =
        bits(control.longMode() ? 51 : 62, width) | (control.noExecute() ? 0 : EXECUTE_DISABLE);
    if (shift >= 39) {
      return always | LARGE | machine.profile.vendor().reservedInTopEntries();
    }
    // Bit 12 of a large leaf is PAT, not an address bit; bit 7 of a small one, too.
    return always | (leaf ? bits(shift - 1, 13) : LARGE);
  }

  private static long bits(int highest, int lowest) {
    return highest < lowest ? 0 : -1L >>> (63 - highest) & -1L << lowest;
  }

  private Fault fault(int why) {
    boolean nx = control.physicalAddressExtension() && control.noExecute();
    boolean told = access.isFetch() && (nx || control.supervisorExecutionPrevention());
    int store = access.isStore() ? FaultCode.WRITE : 0;
    int user = access.isUser() ? FaultCode.USER : 0;
    return new Fault(new FaultCode(why | store | user | (told ? FaultCode.FETCH : 0)));
  }
}
