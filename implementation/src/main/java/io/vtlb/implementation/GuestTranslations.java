package io.vtlb.implementation;

import io.vtlb.implementation.GuestWalk.Mapped;
import io.vtlb.model.machine.Access;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.PrivilegeSet;
import io.vtlb.model.machine.Profile;
import io.vtlb.model.target.HostMap;
import java.util.Optional;

/**
 * The guest's translations under one control state, turned into active entries: its linear address
 * space, the rights that it grants, and the host frames behind it.
 */
final class GuestTranslations {

  private final PagingMode mode;
  private final LinearSpace space;
  private final Protection protection;
  private final boolean globalPages;
  private final MachineMemory memory;

  /** Reads the guest's structure as this control state says. */
  GuestTranslations(MachineMemory memory, ControlState control, Profile profile) {
    mode = PagingMode.of(control);
    space = space(mode, memory, control, profile);
    protection = Protection.of(control);
    globalPages = control.globalPages();
    this.memory = memory;
  }

  private static LinearSpace space(
      PagingMode mode, MachineMemory memory, ControlState control, Profile profile) {
    return switch (mode) {
      case NONE -> new IdentitySpace();
      case THIRTY_TWO_BIT ->
          GuestTables.belowCr3(memory, TableFormat.thirtyTwoBit(control, profile), control);
      case PAE ->
          GuestTables.belowRegisters(memory, TableFormat.pae(control, profile), control.pdptes());
      case FOUR_LEVEL ->
          GuestTables.belowCr3(memory, TableFormat.fourLevel(control, profile), control);
      case FIVE_LEVEL ->
          GuestTables.belowCr3(memory, TableFormat.fiveLevel(control, profile), control);
    };
  }

  PagingMode mode() {
    return mode;
  }

  /** What rights are folded by. */
  Protection protection() {
    return protection;
  }

  /**
   * Judges an access as memory is now; sets A and D in the entries used only if it is permitted.
   */
  GuestAccess attempt(Access access) {
    long page = mode.page(access.address());
    while (true) {
      switch (space.walk(page)) {
        case GuestWalk.NotPresent() -> {
          return new GuestAccess.Denied(protection.notPresent(access));
        }
        case GuestWalk.ReservedBit() -> {
          return new GuestAccess.Denied(protection.reserved(access));
        }
        case Mapped walk -> {
          if (!protection.permits(walk, access)) {
            return new GuestAccess.Denied(protection.denied(walk, access));
          }
          Optional<Mapped> marked = space.mark(walk, access.isStore());
          if (marked.isPresent()) {
            return new GuestAccess.Permitted(marked.get());
          }
        }
      }
    }
  }

  /** True if an access to a linear page of a walk reaches memory as the host has it now. */
  boolean reachesMemory(Mapped walk, long page, Access access) {
    return memory.serves(walk.frameOf(page), access.isStore());
  }

  /**
   * The entry for a page that a walk with all A bits set has reached: the whole guest page if the
   * host holds it in one aligned piece, else the one base page; or {@link EntryBits#NONE}.
   *
   * <p>Reads no guest memory, so that the entry leads where the host has the page now. Where writes
   * are logged, a page that may be written is not mapped as a whole, for the first store to each
   * base page has to be seen.
   */
  long derived(Mapped walk, long page, PrivilegeSet set) {
    boolean seenByPage = memory.logsWrites() && (grantedByGuest(walk, set) & EntryBits.WRITE) != 0;
    if (!seenByPage) {
      long whole = entry(walk, walk.span().start(page), walk.span(), set);
      if (whole != EntryBits.NONE) {
        return whole;
      }
    }
    return entry(walk, page, Span.BASE, set);
  }

  /**
   * What an entry has to become to match the guest's structure: the same entry if it matches, a
   * narrower or different one, or {@link EntryBits#NONE}. Sets no bits in guest memory.
   *
   * @param page the first page of the entry
   */
  long conformed(PrivilegeSet set, long page, long entry) {
    return conformed(space.walk(page), set, page, entry);
  }

  /** The same, given a walk that has reached a page of the entry. */
  long conformed(GuestWalk reached, PrivilegeSet set, long page, long entry) {
    if (!(reached instanceof Mapped walk) || !walk.accessed()) {
      return EntryBits.NONE;
    }
    Span span = EntryBits.span(entry);
    if (span.pages() > walk.span().pages()) {
      return conformedByPieces(set, page, entry);
    }
    long granted = entry(walk, page, span, set);
    return EntryBits.hostFrame(granted) == EntryBits.hostFrame(entry)
        ? EntryBits.limited(granted, EntryBits.rights(entry))
        : granted;
  }

  /**
   * The entry, if the guest maps each piece of it by itself just as the entry does, else none. The
   * pieces are pages of the next smaller size: smaller ones are not looked at, so that no more than
   * 1024 walks are made.
   */
  private long conformedByPieces(PrivilegeSet set, long start, long entry) {
    Span piece = EntryBits.span(entry).pieces();
    long end = start + EntryBits.span(entry).pages();
    long conformed = entry;
    for (long page = start; page < end; page += piece.pages()) {
      if (!(space.walk(page) instanceof Mapped walk)
          || !walk.accessed()
          || walk.span().pages() < piece.pages()) {
        return EntryBits.NONE;
      }
      long granted = entry(walk, page, piece, set);
      if (EntryBits.hostFrame(granted) != EntryBits.hostFrame(entry) + (page - start)
          || EntryBits.limited(entry, EntryBits.rights(granted)) != entry
          || EntryBits.key(granted) != EntryBits.key(entry)) {
        return EntryBits.NONE;
      }
      conformed |= granted & EntryBits.GLOBAL;
    }
    return conformed;
  }

  /**
   * The entry of a span for a part of the guest page that a walk has reached, or {@link
   * EntryBits#NONE} if the host does not hold the part in one aligned piece.
   */
  private long entry(Mapped walk, long page, Span span, PrivilegeSet set) {
    HostMap hostMap = memory.hostMap();
    long guestFrame = walk.frameOf(page);
    long hostFrame = hostMap.hostFrame(guestFrame);
    if (hostFrame == HostMap.NO_FRAME
        || !span.aligned(hostFrame)
        || !hostMap.contiguous(guestFrame, span.pages())) {
      return EntryBits.NONE;
    }
    long granted = grantedByGuest(walk, set);
    long rights = memory.permitsStores(guestFrame, span) ? granted : granted & ~EntryBits.WRITE;
    long entry = EntryBits.of(hostFrame, rights, span, walk.span(), protection.key(walk));
    return entry != EntryBits.NONE && walk.global() && globalPages
        ? entry | EntryBits.GLOBAL
        : entry;
  }

  /** The rights of a set, without writes while D=0: the first store has to be seen. */
  private long grantedByGuest(Mapped walk, PrivilegeSet set) {
    long rights = protection.rights(walk, set);
    return walk.dirty() ? rights : rights & ~EntryBits.WRITE;
  }
}
