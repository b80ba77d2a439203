package io.vtlb.model.reference;

import io.vtlb.model.machine.PageSize;
import io.vtlb.model.paging.EntryBits;
import io.vtlb.model.paging.GuestWalk;

/** Sets accessed and dirty bits in guest entries as a processor would (Intel SDM vol. 3, 4.8). */
final class AccessedDirty {

  private AccessedDirty() {}

  /**
   * Sets A in every entry of a walk, from the top, and D in its leaf for a store.
   *
   * @param bytes the width of an entry
   * @return false if the walk counts no more and has to be made again: an entry has changed since
   *     it was read, or was read before A was set above it, from where no cache could have read it
   */
  static boolean set(GuestWalk walk, boolean store, VirtualMachine machine, int bytes) {
    boolean readTooEarly = false;
    for (GuestWalk.Step step : walk.steps()) {
      if (!step.level().inMemory()) {
        continue;
      }
      boolean dirty = store && step.equals(walk.last());
      long updated = step.entry() | EntryBits.ACCESSED | (dirty ? EntryBits.DIRTY : 0);
      if (updated != step.entry()) {
        if (!machine.memory().compareAndSet(step.address(), bytes, step.entry(), updated)) {
          return false;
        }
        machine.dirtyLog().note(PageSize.page(step.address()));
        readTooEarly |= !step.equals(walk.last());
      }
    }
    return !readTooEarly;
  }

  /** True if every entry of a walk has A=1 already. */
  static boolean allAccessed(GuestWalk walk) {
    return walk.steps().stream()
        .allMatch(step -> !step.level().inMemory() || (step.entry() & EntryBits.ACCESSED) != 0);
  }
}
