package io.vtlb.model.paging;

import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.PageSize;
import io.vtlb.model.machine.Profile;
import io.vtlb.model.target.GuestMemory;
import java.util.ArrayList;
import java.util.List;

/**
 * Walks a guest structure, in any mode, exactly as memory stands; it sets no bits.
 *
 * <p>Source: Intel SDM vol. 3, 4.2 and 4.3. Reading one entry ({@link #meaning}, {@link #leaf},
 * {@link #table}) is also what filling caches is made of, so that a walk and a cache cannot
 * disagree about it.
 */
public final class Walker {

  private final PagingMode mode;
  private final Profile profile;

  public Walker(PagingMode mode, Profile profile) {
    this.mode = mode;
    this.profile = profile;
  }

  public PagingMode mode() {
    return mode;
  }

  public Profile profile() {
    return profile;
  }

  /** The walk for one linear page, from the root that CR3 names. */
  public GuestWalk walk(GuestMemory memory, ControlState control, long page) {
    return walkFrom(PartialWalk.root(mode, control), memory, control, page);
  }

  /** The walk for one linear page that goes on from a partial walk which leads to it. */
  public GuestWalk walkFrom(
      PartialWalk start, GuestMemory memory, ControlState control, long page) {
    List<GuestWalk.Step> steps = new ArrayList<>(mode.levels().size());
    PartialWalk reached = start;
    while (true) {
      Level level = mode.levels().get(reached.depth());
      long address = entryAddress(reached, page);
      long entry = memory.read(address, mode.format().bytes());
      steps.add(new GuestWalk.Step(level, address, entry));
      switch (meaning(entry, level, control)) {
        case NOT_PRESENT -> {
          return new GuestWalk(steps, new GuestWalk.End.NotPresent());
        }
        case RESERVED -> {
          return new GuestWalk(steps, new GuestWalk.End.Reserved());
        }
        case LEAF -> {
          return new GuestWalk(
              steps, new GuestWalk.End.Reached(leaf(reached, entry, control, page)));
        }
        case TABLE -> reached = table(reached, entry, control, page);
      }
    }
  }

  /** The guest-physical address of the entry that a walk for a linear page reads next. */
  public long entryAddress(PartialWalk reached, long page) {
    int index = mode.levels().get(reached.depth()).index(page);
    return PageSize.address(reached.table(), index * mode.format().bytes());
  }

  /** What an entry of a level says under a control state (Intel SDM vol. 3, 4.3). */
  public EntryMeaning meaning(long entry, Level level, ControlState control) {
    if ((entry & EntryBits.PRESENT) == 0) {
      return EntryMeaning.NOT_PRESENT;
    }
    boolean leaf =
        switch (level.leaf()) {
          case ALWAYS -> true;
          case NEVER -> false;
          case BY_SIZE_BIT ->
              (entry & EntryBits.LARGE) != 0 && mode.format().sizeBitCounts(control);
        };
    if ((entry & mode.format().reservedBits(level, leaf, control, profile)) != 0) {
      return EntryMeaning.RESERVED;
    }
    return leaf ? EntryMeaning.LEAF : EntryMeaning.TABLE;
  }

  /** The translation that a leaf completes. */
  public Translation leaf(PartialWalk reached, long entry, ControlState control, long page) {
    Level level = mode.levels().get(reached.depth());
    return new Translation(
        level.firstPage(page),
        level.pages(),
        mode.format().leafFrame(entry, level, profile),
        reached.rights().through(entry, mode.format(), control),
        control.globalPages() && (entry & EntryBits.GLOBAL) != 0,
        (entry & EntryBits.DIRTY) != 0);
  }

  /** The walk extended by an entry that names a table. */
  public PartialWalk table(PartialWalk reached, long entry, ControlState control, long page) {
    return new PartialWalk(
        reached.depth() + 1,
        mode.levels().get(reached.depth()).firstPage(page),
        mode.format().tableFrame(entry),
        reached.rights().through(entry, mode.format(), control));
  }
}
