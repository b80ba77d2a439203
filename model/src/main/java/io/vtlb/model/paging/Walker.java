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
 * <p>Source: Intel SDM vol. 3, 4.2 to 4.5. Reading one entry ({@link #meaning}, {@link #leaf},
 * {@link #table}) is also what filling caches is made of, so that a walk and a cache cannot
 * disagree about it. The mode is data that the control state selects; nothing here knows one from
 * another.
 */
public final class Walker {

  private final Profile profile;

  public Walker(Profile profile) {
    this.profile = profile;
  }

  public Profile profile() {
    return profile;
  }

  /** The walk for one linear page, from the root that CR3 names. */
  public GuestWalk walk(GuestMemory memory, ControlState control, long page) {
    return walkFrom(PartialWalk.root(PagingMode.of(control), control), memory, control, page);
  }

  /** The walk for one linear page that goes on from a partial walk which leads to it. */
  public GuestWalk walkFrom(
      PartialWalk start, GuestMemory memory, ControlState control, long page) {
    PagingMode mode = PagingMode.of(control);
    if (mode.levels().isEmpty()) {
      return new GuestWalk(List.of(), new GuestWalk.End.Reached(Translation.identity(page)));
    }
    List<GuestWalk.Step> steps = new ArrayList<>(mode.levels().size());
    PartialWalk reached = start;
    while (true) {
      Level level = mode.level(reached.depth());
      int index = level.index(page);
      long address = level.inMemory() ? entryAddress(reached, index, mode) : GuestWalk.NO_ADDRESS;
      long entry =
          level.inMemory()
              ? memory.read(address, mode.format().bytes())
              : control.pdptes().get(index);
      steps.add(new GuestWalk.Step(level, address, entry));
      switch (meaning(entry, level, mode, control)) {
        case NOT_PRESENT -> {
          return new GuestWalk(steps, new GuestWalk.End.NotPresent());
        }
        case RESERVED -> {
          return new GuestWalk(steps, new GuestWalk.End.Reserved());
        }
        case LEAF -> {
          return new GuestWalk(
              steps, new GuestWalk.End.Reached(leaf(reached, entry, mode, control, page)));
        }
        case TABLE -> reached = table(reached, entry, mode, page);
      }
    }
  }

  /** The guest-physical address of an entry of the table in memory that a walk has reached. */
  public static long entryAddress(PartialWalk reached, int index, PagingMode mode) {
    return PageSize.address(reached.table(), index * mode.format().bytes());
  }

  /** What an entry of a level says under a control state (Intel SDM vol. 3, 4.3 to 4.5). */
  public EntryMeaning meaning(long entry, Level level, PagingMode mode, ControlState control) {
    if ((entry & EntryBits.PRESENT) == 0) {
      return EntryMeaning.NOT_PRESENT;
    }
    boolean leaf =
        switch (level.leaf()) {
          case ALWAYS -> true;
          case NEVER -> false;
          case BY_SIZE_BIT ->
              (entry & EntryBits.LARGE) != 0
                  && mode.format().sizeBitCounts(level, control, profile);
        };
    if ((entry & mode.format().reservedBits(level, leaf, control, profile)) != 0) {
      return EntryMeaning.RESERVED;
    }
    return leaf ? EntryMeaning.LEAF : EntryMeaning.TABLE;
  }

  /** The translation that a leaf completes. */
  public Translation leaf(
      PartialWalk reached, long entry, PagingMode mode, ControlState control, long page) {
    Level level = mode.level(reached.depth());
    return new Translation(
        level.firstPage(page),
        Math.toIntExact(level.pages()),
        mode.format().leafFrame(entry, level, profile),
        reached.rights().through(entry, mode.format()),
        mode.format().protectionKey(entry),
        reached.pcid(),
        control.globalPages() && (entry & EntryBits.GLOBAL) != 0,
        (entry & EntryBits.DIRTY) != 0);
  }

  /** The walk extended by an entry that names a table. */
  public PartialWalk table(PartialWalk reached, long entry, PagingMode mode, long page) {
    Level level = mode.level(reached.depth());
    WalkRights rights =
        level.inMemory() ? reached.rights().through(entry, mode.format()) : reached.rights();
    return new PartialWalk(
        reached.depth() + 1,
        level.firstPage(page),
        mode.format().tableFrame(entry),
        rights,
        reached.pcid());
  }
}
