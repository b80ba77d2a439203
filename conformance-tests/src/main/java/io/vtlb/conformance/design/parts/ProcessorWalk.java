package io.vtlb.conformance.design.parts;

import io.vtlb.model.machine.Access;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.FaultCode;
import io.vtlb.model.paging.EntryBits;
import io.vtlb.model.paging.Level;
import io.vtlb.model.paging.PagingMode;
import io.vtlb.model.paging.PartialWalk;
import io.vtlb.model.paging.Permission;
import io.vtlb.model.paging.Translation;
import io.vtlb.model.paging.Walker;
import io.vtlb.model.target.GuestMemory;
import java.util.ArrayList;
import java.util.List;

/**
 * The guest walk for an access that faulted, done as a processor does it: A is set in each entry
 * before the walk goes on from it, and D in the leaf before a store, each by a locked update that
 * fails if the entry has changed since it was read (Intel SDM vol. 3, 4.8). So nothing is ever read
 * below an entry with A=0.
 */
public final class ProcessorWalk {

  private final Walker walker;
  private final GuestMemory memory;
  private final ControlState control;
  private final PagingMode mode;
  private final Access access;
  private final List<Step> steps = new ArrayList<>();

  private ProcessorWalk(Walker walker, GuestMemory memory, ControlState control, Access access) {
    this.walker = walker;
    this.memory = memory;
    this.control = control;
    this.mode = PagingMode.of(control);
    this.access = access;
  }

  /**
   * One entry in memory that the walk went through.
   *
   * @param reached the walk before it: the table that it is in, and the rights above
   * @param entry its value, with the bits that the walk has set
   */
  public record Step(PartialWalk reached, Level level, long entry) {}

  /** How a walk ends for the access. */
  public sealed interface Outcome {

    /**
     * The guest's own structure permits the access.
     *
     * @param steps from the top down to the leaf; none without paging
     */
    record Permitted(Translation guest, List<Step> steps) implements Outcome {}

    /** The guest would have had this fault alone (claims 7 and 9). */
    record Denied(FaultCode code) implements Outcome {}
  }

  /** Walks for an access, as guest memory and the control state say now. */
  public static Outcome of(Walker walker, GuestMemory memory, ControlState control, Access access) {
    return new ProcessorWalk(walker, memory, control, access).run();
  }

  private Outcome run() {
    if (mode.levels().isEmpty()) {
      return new Outcome.Permitted(Translation.identity(access.page()), steps);
    }
    PartialWalk reached = PartialWalk.root(mode, control);
    while (true) {
      // Where an update fails, the same entry is read again.
      long entry = read(reached);
      switch (walker.meaning(entry, mode.level(reached.depth()), mode, control)) {
        case NOT_PRESENT -> {
          return new Outcome.Denied(Permission.notPresent(access, control));
        }
        case RESERVED -> {
          return new Outcome.Denied(Permission.reserved(access, control));
        }
        case TABLE -> {
          if (goesThrough(reached, entry, EntryBits.ACCESSED)) {
            reached = walker.table(reached, entry, mode, access.page());
          }
        }
        case LEAF -> {
          Translation guest = walker.leaf(reached, entry, mode, control, access.page());
          if (!Permission.permits(guest, access, control)) {
            return new Outcome.Denied(Permission.denied(guest, access, control));
          }
          long dirty = access.isStore() ? EntryBits.DIRTY : 0;
          if (goesThrough(reached, entry, EntryBits.ACCESSED | dirty)) {
            return new Outcome.Permitted(access.isStore() ? guest.withDirty() : guest, steps);
          }
        }
      }
    }
  }

  private long read(PartialWalk reached) {
    Level level = mode.level(reached.depth());
    return level.inMemory()
        ? memory.read(address(reached), mode.format().bytes())
        : control.pdptes().get(level.index(access.page()));
  }

  private long address(PartialWalk reached) {
    return Walker.entryAddress(reached, mode.level(reached.depth()).index(access.page()), mode);
  }

  /** Sets bits in an entry; false if it is no longer what was read. */
  private boolean goesThrough(PartialWalk reached, long entry, long bits) {
    Level level = mode.level(reached.depth());
    if (!level.inMemory()) {
      return true;
    }
    long updated = entry | bits;
    if (updated != entry
        && !memory.compareAndSet(address(reached), mode.format().bytes(), entry, updated)) {
      return false;
    }
    steps.add(new Step(reached, level, updated));
    return true;
  }
}
