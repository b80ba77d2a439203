package io.vtlb.conformance.design.lazy;

import io.vtlb.model.machine.Access;
import io.vtlb.model.machine.ControlRegister;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.FaultCode;
import io.vtlb.model.machine.PageSize;
import io.vtlb.model.paging.EntryBits;
import io.vtlb.model.paging.Level;
import io.vtlb.model.paging.PagingMode;
import io.vtlb.model.paging.PartialWalk;
import io.vtlb.model.paging.Permission;
import io.vtlb.model.paging.Translation;
import io.vtlb.model.paging.Walker;

/**
 * The guest walk of one miss, done as a processor does it: A is set in each entry before the walk
 * goes on from it, and D in the leaf before a store, each by a locked update that fails if the
 * entry has changed since it was read (Intel SDM vol. 3, 4.8).
 */
final class MissWalk {

  private final Machine machine;
  private final ControlState control;
  private final PagingMode mode;
  private final Access access;

  MissWalk(Machine machine, ControlState control, Access access) {
    this.machine = machine;
    this.control = control;
    this.mode = PagingMode.of(control);
    this.access = access;
  }

  /** How a walk ends for the access that missed. */
  sealed interface Outcome {
    /** The guest's own structure permits the access. */
    record Permitted(Translation guest) implements Outcome {}

    /** The guest would have had this fault alone (claims 7 and 9). */
    record Denied(FaultCode code) implements Outcome {}
  }

  Outcome run() {
    if (mode.levels().isEmpty()) {
      return new Outcome.Permitted(Translation.identity(access.page()));
    }
    Walker walker = machine.walker();
    PartialWalk reached = PartialWalk.root(mode, control);
    while (true) {
      Level level = mode.level(reached.depth());
      long address = entryAddress(reached, level);
      long entry = read(level, address);
      // Where an update fails, the same entry is read again.
      switch (walker.meaning(entry, level, mode, control)) {
        case NOT_PRESENT -> {
          return new Outcome.Denied(Permission.notPresent(access, control));
        }
        case RESERVED -> {
          return new Outcome.Denied(Permission.reserved(access, control));
        }
        case TABLE -> {
          if (!level.inMemory() || update(address, entry, EntryBits.ACCESSED)) {
            reached = walker.table(reached, entry, mode, access.page());
          }
        }
        case LEAF -> {
          Translation guest = walker.leaf(reached, entry, mode, readBy(), access.page());
          if (!Permission.permits(guest, access, control)) {
            return new Outcome.Denied(Permission.denied(guest, access, control));
          }
          long dirty = access.isStore() ? EntryBits.DIRTY : 0;
          if (update(address, entry, EntryBits.ACCESSED | dirty)) {
            return new Outcome.Permitted(access.isStore() ? guest.withDirty() : guest);
          }
        }
      }
    }
  }

  /** The control state that G bits are read by. */
  private ControlState readBy() {
    return machine.slips().contains(Slip.GLOBAL_BIT_ALWAYS_HONOURED)
        ? control.with(ControlRegister.CR4, control.cr4() | ControlState.CR4_PGE)
        : control;
  }

  private long entryAddress(PartialWalk reached, Level level) {
    int index = level.index(access.page());
    return machine.slips().contains(Slip.HOST_STRIDE)
        ? PageSize.address(reached.table(), 0) + (long) index * Long.BYTES
        : Walker.entryAddress(reached, index, mode);
  }

  private long read(Level level, long address) {
    return level.inMemory()
        ? machine.memory().read(address, mode.format().bytes())
        : control.pdptes().get(level.index(access.page()));
  }

  /** Sets bits in an entry; false if it is no longer what was read. */
  private boolean update(long address, long entry, long bits) {
    long updated = entry | bits;
    if (updated == entry) {
      return true;
    }
    boolean done = machine.memory().compareAndSet(address, mode.format().bytes(), entry, updated);
    if (done && !machine.slips().contains(Slip.TABLE_UPDATES_NOT_LOGGED)) {
      machine.host().noteWrite(address >>> PageSize.BASE_SHIFT);
    }
    return done;
  }
}
