package io.vtlb.conformance.sweep;

import io.vtlb.conformance.sweep.manual.AccessCase;
import io.vtlb.conformance.sweep.manual.Formulation;
import io.vtlb.model.machine.Access;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.paging.GuestWalk;
import io.vtlb.model.paging.Translation;

/**
 * The loop over one space: each combination of entries is walked by both sides, and each access
 * judged by both.
 */
final class SpaceSweep {

  /** Is told each combination that the two sides disagree on. */
  interface Disagreeing {
    void at(long number, SpaceSweep place);
  }

  private final Space space;
  private final Subject subject;
  private final EntryMemory memory;
  private final Odometer odometer;
  private final Formulation formulation;
  private final Access[] accesses;
  private final AccessCase[] cases;

  SpaceSweep(Space space, Subject subject) {
    this.space = space;
    this.subject = subject;
    memory = new EntryMemory(space.mode(), space.page());
    odometer = new Odometer(space, memory);
    formulation = Formulation.of(space.control(), space.profile());
    accesses = space.accesses().toArray(Access[]::new);
    cases = space.accesses().stream().map(formulation::accessCase).toArray(AccessCase[]::new);
  }

  Space space() {
    return space;
  }

  EntryMemory memory() {
    return memory;
  }

  Odometer odometer() {
    return odometer;
  }

  Formulation formulation() {
    return formulation;
  }

  /**
   * Compares the combinations from one number up to another.
   *
   * @param to one more than the last number
   */
  void compare(long from, long to, Disagreeing disagreeing) {
    ControlState control = space.control();
    long page = space.page();
    long number = from;
    int access = (int) (from % accesses.length);
    odometer.seek(from / accesses.length);
    while (number < to) {
      GuestWalk.End end = subject.walk(memory, control, page).end();
      formulation.read(memory, space.address());
      boolean same = same(end);
      int beyond = (int) Math.min(accesses.length, access + (to - number));
      for (int i = access; i < beyond; i++) {
        if (subject.outcome(end, accesses[i], control) != formulation.outcome(cases[i]) || !same) {
          disagreeing.at(number + (i - access), this);
        }
      }
      number += beyond - access;
      access = 0;
      odometer.next();
    }
  }

  /** Goes to one combination and has the formulation read it. */
  int formulate(long number) {
    odometer.seek(number / accesses.length);
    formulation.read(memory, space.address());
    return formulation.outcome(cases[(int) (number % accesses.length)]);
  }

  Access access(long number) {
    return accesses[(int) (number % accesses.length)];
  }

  /** What the subject says of one combination. */
  Outcome subjectOutcome(long number) {
    odometer.seek(number / accesses.length);
    GuestWalk.End end = subject.walk(memory, space.control(), space.page()).end();
    return Outcome.of(end, subject.outcome(end, access(number), space.control()));
  }

  /** What the formulation says of one combination. */
  Outcome formulationOutcome(long number) {
    int outcome = formulate(number);
    return Outcome.of(formulation, outcome);
  }

  /** True if both found the same translation, or stopped for the same reason. */
  boolean same(GuestWalk.End end) {
    return switch (end) {
      case GuestWalk.End.NotPresent() -> formulation.stop() == Formulation.Stop.NOT_PRESENT;
      case GuestWalk.End.Reserved() -> formulation.stop() == Formulation.Stop.RESERVED;
      case GuestWalk.End.Reached(Translation found) ->
          formulation.stop() == Formulation.Stop.PAGE
              && found.frame() == formulation.frame()
              && found.pages() == formulation.pages()
              && found.page() == (space.page() & -(long) formulation.pages())
              && found.rights().writable() == formulation.writable()
              && found.rights().user() == formulation.user()
              && found.rights().executable() != formulation.executeDisabled()
              && found.global() == formulation.global()
              && found.dirty() == formulation.dirty()
              && found.key() == formulation.key()
              && found.pcid() == formulation.pcid();
    };
  }
}
