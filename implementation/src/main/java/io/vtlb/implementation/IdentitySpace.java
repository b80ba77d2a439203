package io.vtlb.implementation;

import io.vtlb.implementation.GuestWalk.Mapped;
import java.util.Optional;

/**
 * The linear address space without paging: each page is the frame of the same number, and there is
 * no protection (Intel SDM vol. 3, 4.1.1).
 */
final class IdentitySpace implements LinearSpace {

  private static final long ALL_GRANTED = GuestEntry.WRITABLE | GuestEntry.USER;
  private static final GuestEntry NO_ENTRY =
      new GuestEntry(0, ALL_GRANTED | GuestEntry.ACCESSED | GuestEntry.DIRTY);

  @Override
  public GuestWalk walk(long page) {
    return new Mapped(page, Span.BASE, ALL_GRANTED, 0, NO_ENTRY, null);
  }

  @Override
  public Optional<Mapped> mark(Mapped walk, boolean store) {
    return Optional.of(walk);
  }
}
