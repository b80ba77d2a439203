package io.vtlb.implementation;

import io.vtlb.implementation.GuestWalk.Mapped;
import java.util.Optional;

/** A guest's linear address space under one control state, as memory is at each call. */
sealed interface LinearSpace permits GuestTables, IdentitySpace {

  /** Translates one linear page, numbered in 4 KiB, and changes nothing. */
  GuestWalk walk(long page);

  /**
   * Sets A in every entry of a walk, and D in the leaf for a store.
   *
   * @return the walk with its bits set, or empty if it has to be made again
   */
  Optional<Mapped> mark(Mapped walk, boolean store);
}
