package io.vtlb.conformance.cell;

import io.vtlb.model.paging.EntryBits;
import io.vtlb.model.paging.GuestWalk;
import io.vtlb.model.paging.GuestWalk.End;
import io.vtlb.model.paging.Translation;
import io.vtlb.model.paging.WalkRights;
import io.vtlb.specs.cell.Edit;

/** What a store made of the walk of a page: {@code edit-of} of the specification. */
final class WalkComparison {

  private WalkComparison() {}

  static Edit of(GuestWalk before, GuestWalk after, long page) {
    return switch (after.end()) {
      case End.NotPresent() ->
          before.end() instanceof End.NotPresent ? Edit.UNCHANGED : Edit.UNMAPPED;
      case End.Reserved() ->
          before.end() instanceof End.Reserved ? Edit.UNCHANGED : Edit.MADE_RESERVED;
      case End.Reached(Translation now) ->
          before.end() instanceof End.Reached(Translation was)
              ? ofReached(before, was, after, now, page)
              : Edit.MAPPED;
    };
  }

  private static Edit ofReached(
      GuestWalk before, Translation was, GuestWalk after, Translation now, long page) {
    if (was.frame(page) != now.frame(page)) {
      return Edit.MOVED;
    }
    if (was.pages() != now.pages()) {
      return Edit.RESIZED;
    }
    if (lacks(now.rights(), was.rights())) {
      return Edit.NARROWED;
    }
    if (lacks(was.rights(), now.rights())) {
      return Edit.WIDENED;
    }
    boolean cleaned = (was.dirty() && !now.dirty()) || (isAccessed(before) && !isAccessed(after));
    return cleaned ? Edit.CLEANED : Edit.UNCHANGED;
  }

  private static boolean lacks(WalkRights rights, WalkRights than) {
    return (than.writable() && !rights.writable())
        || (than.user() && !rights.user())
        || (than.executable() && !rights.executable());
  }

  /** True if every entry in memory has A=1. */
  private static boolean isAccessed(GuestWalk walk) {
    for (GuestWalk.Step step : walk.steps()) {
      if (step.level().inMemory() && (step.entry() & EntryBits.ACCESSED) == 0) {
        return false;
      }
    }
    return true;
  }
}
