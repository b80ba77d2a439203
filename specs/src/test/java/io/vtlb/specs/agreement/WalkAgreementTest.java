package io.vtlb.specs.agreement;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vtlb.model.machine.Access;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.Profile;
import io.vtlb.model.paging.GuestWalk;
import io.vtlb.model.paging.Level;
import io.vtlb.model.paging.PagingMode;
import io.vtlb.model.paging.Permission;
import io.vtlb.model.paging.Translation;
import io.vtlb.model.paging.Walker;
import io.vtlb.specs.evaluation.Constructor;
import io.vtlb.specs.evaluation.Function;
import io.vtlb.specs.evaluation.Value;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Walk, and what a walk and an access come to, agree: the entries are read where each side says
 * that they lie.
 */
class WalkAgreementTest {

  private static final int POINTS = 100_000;
  private static final long SEED = 20;
  private static final Function WALK = Smt.function("walk");
  private static final Function IS_REAL = Smt.function("is-real");
  private static final Function IS_FINISHED = Smt.function("is-finished");
  private static final Function EVALUATE = Smt.function("evaluate");
  private static final Function WAY_PERMITS = Smt.function("way-permits");
  private static final Constructor GUEST_FAULT = Smt.constructor("guest-fault");
  private static final Constructor PERMITTED = Smt.constructor("permitted");

  @Test
  void theyAgreeAtRandomPoints() {
    States states = new States(SEED);
    Met met = new Met();
    for (int number = 0; number < POINTS; number++) {
      compare(states, met, "seed " + SEED + ", point " + number);
    }
    met.require(POINTS / 50, "not present", "reserved", "permitted", "denied");
    PagingMode.ALL.forEach(mode -> met.require(POINTS / 50, mode.name()));
    met.require(POINTS / 200, "1 pages", "512 pages", "1024 pages");
    met.require(POINTS / 1000, "262144 pages");
  }

  private static void compare(States states, Met met, String where) {
    Profile profile = states.profile();
    ControlState control = states.control();
    PagingMode mode = PagingMode.of(control);
    long page = mode.canonicalPage(states.bits());
    Access access = states.access(page);
    RandomMemory memory = new RandomMemory(states);
    GuestWalk walk = new Walker(profile).walk(memory, control, page);
    SmtWalk found = SmtWalk.of(memory, control, Smt.profile(profile), page);
    List<Long> addresses =
        walk.steps().stream()
            .filter(step -> step.level().inMemory())
            .map(GuestWalk.Step::address)
            .toList();
    Value registers = Smt.control(control);
    Value linear = Smt.bits(page);
    Value whole = WALK.apply(found.entries(), linear, registers, Smt.profile(profile));
    assertEquals(Smt.walk(walk), whole, where);
    assertEquals(whole, found.end(), where);
    assertEquals(addresses, found.addresses(), where);
    assertEquals(Smt.truth(true), IS_FINISHED.apply(whole, linear, registers), where);
    Optional<Translation> permitted = permitted(walk, access, control);
    Value evaluation = evaluation(walk, access, control, permitted);
    assertEquals(evaluation, EVALUATE.apply(whole, Smt.access(access), registers), where);
    assertEquals(
        Smt.truth(permitted.isPresent()),
        WAY_PERMITS.apply(whole, Smt.access(access), registers),
        where);
    assertEquals(Smt.truth(true), IS_REAL.apply(Smt.profile(profile)), where);
    met.add(mode.name());
    met.add(kind(walk, permitted));
    if (walk.end() instanceof GuestWalk.End.Reached(Translation translation)) {
      met.add(translation.pages() + " pages");
    }
  }

  private static String kind(GuestWalk walk, Optional<Translation> permitted) {
    return switch (walk.end()) {
      case GuestWalk.End.NotPresent() -> "not present";
      case GuestWalk.End.Reserved() -> "reserved";
      case GuestWalk.End.Reached(Translation found) ->
          permitted.isPresent() ? "permitted" : "denied";
    };
  }

  private static Optional<Translation> permitted(
      GuestWalk walk, Access access, ControlState control) {
    return walk.end() instanceof GuestWalk.End.Reached(Translation found)
            && Permission.permits(found, access, control)
        ? Optional.of(found)
        : Optional.empty();
  }

  private static Value evaluation(
      GuestWalk walk, Access access, ControlState control, Optional<Translation> permitted) {
    if (permitted.isPresent()) {
      return PERMITTED.of(Smt.translation(permitted.get()));
    }
    return GUEST_FAULT.of(
        Smt.code(
            switch (walk.end()) {
              case GuestWalk.End.NotPresent() -> Permission.notPresent(access, control);
              case GuestWalk.End.Reserved() -> Permission.reserved(access, control);
              case GuestWalk.End.Reached(Translation found) ->
                  Permission.denied(found, access, control);
            }));
  }

  /** Which entry of which table a walk reads, at each level of each mode. */
  @Test
  void everyLevelIsIndexedAlike() {
    Function entryIndex = Smt.function("entry-index");
    States states = new States(SEED + 1);
    for (int number = 0; number < POINTS; number++) {
      for (PagingMode mode : PagingMode.ALL) {
        long page = mode.canonicalPage(states.bits());
        for (Level level : mode.levels()) {
          assertEquals(
              Smt.bits(level.index(page)),
              entryIndex.apply(Smt.bits(page), Smt.level(level, mode), Smt.mode(mode)),
              () -> mode + " " + level + " " + page);
        }
      }
    }
  }
}
