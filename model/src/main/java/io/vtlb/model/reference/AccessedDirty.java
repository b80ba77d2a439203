package io.vtlb.model.reference;

import io.vtlb.model.paging.EntryBits;
import io.vtlb.model.paging.GuestWalk;
import io.vtlb.model.target.GuestMemory;

/** Sets accessed and dirty bits in guest entries as a processor would (Intel SDM vol. 3, 4.8). */
final class AccessedDirty {

  private AccessedDirty() {}

  /**
   * Sets A in every entry of a walk, from the top, and D in its leaf for a store.
   *
   * @param bytes the width of an entry
   * @return false if an entry has changed since the walk read it, so that the walk counts no more
   */
  static boolean set(GuestWalk walk, boolean store, GuestMemory memory, int bytes) {
    for (GuestWalk.Step step : walk.steps()) {
      if (!step.level().inMemory()) {
        continue;
      }
      boolean dirty = store && step.equals(walk.last());
      long updated = step.entry() | EntryBits.ACCESSED | (dirty ? EntryBits.DIRTY : 0);
      if (updated != step.entry()
          && !memory.compareAndSet(step.address(), bytes, step.entry(), updated)) {
        return false;
      }
    }
    return true;
  }

  /** True if every entry of a walk has A=1 already. */
  static boolean allAccessed(GuestWalk walk) {
    return walk.steps().stream()
        .allMatch(step -> !step.level().inMemory() || (step.entry() & EntryBits.ACCESSED) != 0);
  }
}
