package io.vtlb.conformance.sweep;

import io.vtlb.conformance.sweep.manual.Formulation;
import io.vtlb.model.machine.FaultCode;
import io.vtlb.model.paging.GuestWalk;
import io.vtlb.model.paging.Translation;

/**
 * What one side says of one combination, in words.
 *
 * @param access {@code completes}, or the page fault with its error code
 * @param found the page and what would be cached of it, or why there is none
 */
public record Outcome(String access, String found) {

  static Outcome of(GuestWalk.End end, int outcome) {
    String found =
        switch (end) {
          case GuestWalk.End.NotPresent() -> "stops at an entry that is not present";
          case GuestWalk.End.Reserved() -> "stops at a reserved bit";
          case GuestWalk.End.Reached(Translation page) ->
              page(
                  page.frame(),
                  page.pages(),
                  page.rights().writable(),
                  page.rights().user(),
                  page.rights().executable(),
                  page.global(),
                  page.dirty(),
                  page.key(),
                  page.pcid());
        };
    return new Outcome(words(outcome), found);
  }

  static Outcome of(Formulation said, int outcome) {
    String found =
        switch (said.stop()) {
          case NOT_PRESENT -> "stops at an entry that is not present";
          case RESERVED -> "stops at a reserved bit";
          case PAGE ->
              page(
                  said.frame(),
                  said.pages(),
                  said.writable(),
                  said.user(),
                  !said.executeDisabled(),
                  said.global(),
                  said.dirty(),
                  said.key(),
                  said.pcid());
        };
    return new Outcome(words(outcome), found);
  }

  static String words(int outcome) {
    return outcome == Formulation.COMPLETES ? "completes" : "page fault " + new FaultCode(outcome);
  }

  private static String page(
      long frame,
      int pages,
      boolean writable,
      boolean user,
      boolean executable,
      boolean global,
      boolean dirty,
      int key,
      int pcid) {
    return "frame 0x%x +%d W=%d U=%d XD=%d G=%d D=%d key=%d pcid=%d"
        .formatted(
            frame,
            pages,
            bit(writable),
            bit(user),
            bit(!executable),
            bit(global),
            bit(dirty),
            key,
            pcid);
  }

  private static int bit(boolean set) {
    return set ? 1 : 0;
  }

  @Override
  public String toString() {
    return access + "; " + found;
  }
}
