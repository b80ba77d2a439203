package io.vtlb.model.admissible;

import io.vtlb.model.control.RegisterWrite;
import io.vtlb.model.event.Event;
import io.vtlb.model.guest.GuestEntry;
import io.vtlb.model.guest.ModeGuest;
import io.vtlb.model.machine.Access;
import io.vtlb.model.machine.ControlRegister;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.InvalidationType;
import io.vtlb.model.machine.PageSize;
import io.vtlb.model.machine.Profile;
import io.vtlb.model.machine.Vcpu;
import io.vtlb.model.paging.PagingMode;
import io.vtlb.model.paging.PartialWalk;
import io.vtlb.model.paging.Translation;
import io.vtlb.model.paging.Walker;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A guest of any mode and what its TLB may hold. From the start the first entry of each table but
 * the last leads to the next.
 */
final class CachedModeGuest {

  static final long FRAME = 0x20;
  static final long OTHER_FRAME = 0x21;

  /** A table that nothing leads to at the start. */
  static final long OTHER_TABLE = 0x18;

  private static final Vcpu VCPU = new Vcpu(0, 0);

  private final Profile profile;
  private final ModeGuest guest;
  private final AdmissibleTranslations admissible;
  private final int last;

  CachedModeGuest(PagingMode mode, Profile profile) {
    this.profile = profile;
    guest = new ModeGuest(mode);
    last = mode.levels().size() - 1;
    for (int depth = 0; depth < last; depth++) {
      guest.link(depth, 0);
    }
    admissible = new AdmissibleTranslations(new Walker(profile), guest.memory(), guest.control());
  }

  CachedModeGuest(PagingMode mode) {
    this(mode, Profile.GENERIC_64);
  }

  AdmissibleTranslations admissible() {
    return admissible;
  }

  ControlState control() {
    return admissible.control();
  }

  /** Writes an entry of the last table. */
  CachedModeGuest map(int index, long frame, String flags) {
    return entry(last, index, frame, flags);
  }

  /** Writes an entry of the table of a level to memory. */
  CachedModeGuest entry(int depth, int index, long frame, String flags) {
    return store(guest.address(depth, index), GuestEntry.wide(frame, flags));
  }

  /** Writes an entry of any table. */
  CachedModeGuest entryAt(long table, int index, long frame, String flags) {
    return store(PageSize.address(table, 8 * index), GuestEntry.wide(frame, flags));
  }

  /** Clears an entry of the table of a level. */
  CachedModeGuest clear(int depth, int index) {
    return store(guest.address(depth, index), 0);
  }

  private CachedModeGuest store(long address, long entry) {
    int bytes = guest.mode().format().bytes();
    guest.memory().store(address, bytes, entry);
    for (int word = 0; word < bytes; word += 4) {
      admissible.stored(address + word);
    }
    return this;
  }

  /** Writes four bytes of the last table. */
  CachedModeGuest word(int index, int half, int value) {
    long address = guest.address(last, index) + 4L * half;
    guest.memory().write(address, value);
    admissible.stored(address);
    return this;
  }

  /** The guest frames that a page may be translated to. */
  Set<Long> frames(long page) {
    Set<Long> frames = new HashSet<>();
    admissible.forEach(page, translation -> frames.add(translation.frame(page)));
    return frames;
  }

  /** The tables that partial walks for a page may have reached, the level's number before each. */
  Set<String> tables(long page) {
    Set<String> tables = new HashSet<>();
    for (PartialWalk walk : admissible.walks()) {
      if (walk.leadsTo(page, admissible.mode())) {
        tables.add("%d:%x".formatted(walk.depth(), walk.table()));
      }
    }
    return tables;
  }

  /** The ways of an access now. */
  Ways ways(Access access) {
    return Ways.of(access, admissible, new Walker(profile), guest.memory());
  }

  List<Translation> invalidatePage(long page) {
    return admissible.drop(Invalidation.ofPage(page, control()));
  }

  List<Translation> invalidatePcid(InvalidationType type, int pcid, long page) {
    return admissible.drop(Invalidation.ofPcid(type, pcid, page, control()));
  }

  List<Translation> deliverFault(long page) {
    return admissible.drop(Invalidation.ofDeliveredFault(page, control()));
  }

  /** Loads the root that it has under a PCID. */
  List<Translation> enter(int pcid) {
    return write(ControlRegister.CR3, rootUnder(pcid));
  }

  /** Loads the root that it has under a PCID, with bit 63 set. */
  List<Translation> enterKeeping(int pcid) {
    return write(ControlRegister.CR3, rootUnder(pcid) | ControlState.CR3_NO_FLUSH);
  }

  private long rootUnder(int pcid) {
    return (control().cr3() & ~ControlState.CR3_PCID) | pcid;
  }

  List<Translation> invert(ControlRegister register, long bits) {
    return write(register, control().get(register) ^ bits);
  }

  /** Writes a control register, legally, with all that follows. */
  List<Translation> write(ControlRegister register, long value) {
    ControlState before = control();
    ControlState after =
        RegisterWrite.of(register, value, before, profile, guest.memory()).orElseThrow();
    Event.ControlWrite write = new Event.ControlWrite(VCPU, register, value, before, after);
    return admissible.controlWritten(
        after, Invalidation.ofControlWrite(write, profile).stream().toList());
  }
}
