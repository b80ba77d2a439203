package io.vtlb.model.paging;

import java.util.List;

/**
 * A finished walk: the entries it read, from the top down, and how it ended.
 *
 * @param steps each entry read, the one that stopped the walk included
 * @param end where it ended
 */
public record GuestWalk(List<Step> steps, End end) {

  /** The address of an entry that is held in a register. */
  public static final long NO_ADDRESS = -1;

  /**
   * One entry read.
   *
   * @param level its level
   * @param address its guest-physical address, in bytes, or {@link #NO_ADDRESS}
   * @param entry its value when read
   */
  public record Step(Level level, long address, long entry) {}

  /** How a walk ends. */
  public sealed interface End {

    /** At a non-present entry. */
    record NotPresent() implements End {}

    /** At a present entry with a reserved bit set. */
    record Reserved() implements End {}

    /** At a leaf. */
    record Reached(Translation translation) implements End {}
  }

  /** The last entry read: the leaf, or the entry that stopped the walk. */
  public Step last() {
    return steps.getLast();
  }
}
