package io.vtlb.implementation;

import io.vtlb.implementation.GuestWalk.Mapped;
import io.vtlb.model.machine.Access;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.FaultCode;
import io.vtlb.model.machine.PageSize;
import io.vtlb.model.machine.PrivilegeSet;
import io.vtlb.model.target.GuestMemory;
import io.vtlb.model.target.HostMap;
import io.vtlb.model.target.VmBlueprint;
import java.util.Optional;

/**
 * The guest's translations under one control state, turned into active entries: its page tables,
 * the rights that they grant, and the host frames behind them.
 */
final class GuestTranslations {

  private final GuestTables tables;
  private final Protection protection;
  private final HostMap hostMap;

  /**
   * Reads the guest's structure as this control state says.
   *
   * @throws IllegalArgumentException if the control state is not 32-bit paging, or has SMAP
   */
  GuestTranslations(GuestMemory memory, ControlState control, VmBlueprint blueprint) {
    if (!control.paging()
        || control.physicalAddressExtension()
        || control.supervisorAccessPrevention()) {
      throw new IllegalArgumentException(
          "32-bit paging has CR0.PG=1 and CR4.PAE=0, and CR4.SMAP=1 is not offered: " + control);
    }
    tables = new GuestTables(memory, control, blueprint.profile());
    protection = Protection.of(control);
    hostMap = blueprint.hostMap();
  }

  /**
   * Judges an access as memory is now; sets A and D in the entries used only if it is permitted.
   */
  GuestAccess attempt(Access access) {
    while (true) {
      switch (tables.walk(LinearPage.of(access.address()))) {
        case GuestWalk.NotPresent() -> {
          return new GuestAccess.Denied(protection.code(access, 0));
        }
        case GuestWalk.ReservedBit() -> {
          int found = FaultCode.PRESENT | FaultCode.RESERVED;
          return new GuestAccess.Denied(protection.code(access, found));
        }
        case Mapped walk -> {
          if (!protection.permits(walk, access)) {
            return new GuestAccess.Denied(protection.code(access, FaultCode.PRESENT));
          }
          Optional<Mapped> marked = tables.mark(walk, access.isStore());
          if (marked.isPresent()) {
            return new GuestAccess.Permitted(marked.get());
          }
        }
      }
    }
  }

  /** True if there is memory, not a device, behind a linear page of a walk. */
  boolean hasMemory(Mapped walk, int page) {
    return hostMap.hostFrame(walk.frameOf(page)) != HostMap.NO_FRAME;
  }

  /**
   * The entry for a page that a walk with all A bits set has reached: the whole 4 MiB page if the
   * host holds it in one piece, else the one page; or {@link EntryBits#NONE}.
   */
  long derived(Mapped walk, int page, PrivilegeSet set) {
    long whole = walk.large() ? wholeEntry(walk, set) : EntryBits.NONE;
    return whole == EntryBits.NONE ? pageEntry(walk, page, set) : whole;
  }

  /**
   * What an entry has to become to match the guest's structure: the same entry if it matches, a
   * narrower or different one, or {@link EntryBits#NONE}. Sets no bits in guest memory.
   *
   * @param page the first page of the entry
   */
  long conformed(PrivilegeSet set, int page, long entry) {
    return conformed(tables.walk(page), set, page, entry);
  }

  /** The same, given a walk that has reached a page of the entry. */
  long conformed(GuestWalk reached, PrivilegeSet set, int page, long entry) {
    if (!(reached instanceof Mapped walk) || !walk.accessed()) {
      return EntryBits.NONE;
    }
    if (!EntryBits.isLarge(entry)) {
      return limited(entry, pageEntry(walk, page, set));
    }
    if (walk.large()) {
      return limited(entry, wholeEntry(walk, set));
    }
    return matchesPageByPage(set, page, entry) ? entry : EntryBits.NONE;
  }

  /** What the guest grants, less what an entry with the same frame withheld. */
  private static long limited(long entry, long granted) {
    return EntryBits.hostFrame(entry) == EntryBits.hostFrame(granted)
        ? EntryBits.limited(granted, EntryBits.rights(entry))
        : granted;
  }

  /** True if the guest maps each page of a 4 MiB entry by itself, just as the entry does. */
  private boolean matchesPageByPage(PrivilegeSet set, int start, long entry) {
    for (int page = start; page < start + PageSize.LARGE_4M; page++) {
      if (!(tables.walk(page) instanceof Mapped walk) || !walk.accessed()) {
        return false;
      }
      long granted = pageEntry(walk, page, set);
      if (EntryBits.hostFrame(granted) != EntryBits.hostFrame(entry) + (page - start)
          || EntryBits.limited(entry, EntryBits.rights(granted)) != entry) {
        return false;
      }
    }
    return true;
  }

  private long pageEntry(Mapped walk, int page, PrivilegeSet set) {
    long hostFrame = hostMap.hostFrame(walk.frameOf(page));
    if (hostFrame == HostMap.NO_FRAME) {
      return EntryBits.NONE;
    }
    long shape = walk.large() ? EntryBits.FRAGMENT : EntryBits.BASE;
    return EntryBits.of(hostFrame, grantedNow(walk, set), shape);
  }

  private long wholeEntry(Mapped walk, PrivilegeSet set) {
    if (!hostMap.contiguous(walk.frame(), PageSize.LARGE_4M)) {
      return EntryBits.NONE;
    }
    return EntryBits.of(hostMap.hostFrame(walk.frame()), grantedNow(walk, set), EntryBits.LARGE);
  }

  /** The rights of a set, without writes while D=0: the first store has to be seen. */
  private long grantedNow(Mapped walk, PrivilegeSet set) {
    long rights = protection.rights(walk, set);
    return walk.dirty() ? rights : rights & ~EntryBits.WRITE;
  }
}
