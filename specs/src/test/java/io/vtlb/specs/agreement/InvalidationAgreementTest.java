package io.vtlb.specs.agreement;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vtlb.model.admissible.Invalidation;
import io.vtlb.model.admissible.Invalidation.Scope;
import io.vtlb.model.event.Event;
import io.vtlb.model.machine.ControlRegister;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.InvalidationType;
import io.vtlb.model.machine.PageSize;
import io.vtlb.model.machine.Profile;
import io.vtlb.model.machine.Vcpu;
import io.vtlb.model.machine.Vendor;
import io.vtlb.model.paging.PagingMode;
import io.vtlb.model.paging.Translation;
import io.vtlb.model.paging.WalkRights;
import io.vtlb.specs.evaluation.Function;
import io.vtlb.specs.evaluation.Value;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What must be forgotten, in SMT-LIB and in the model, is the same, point by point. */
class InvalidationAgreementTest {

  private static final int POINTS = 100_000;
  private static final long SEED = 21;
  private static final List<Integer> SIZES =
      List.of(1, PageSize.LARGE_2M, PageSize.LARGE_4M, PageSize.LARGE_1G);
  private static final long[] FLUSHING = {
    ControlState.CR4_PSE,
    ControlState.CR4_PAE,
    ControlState.CR4_PGE,
    ControlState.CR4_PCIDE,
    ControlState.CR4_SMEP,
    ControlState.CR4_PKE
  };
  private static final Function MUST_FORGET = Smt.function("must-forget");
  private static final Function FORGOTTEN_AT_DELIVERY = Smt.function("forgotten-at-delivery");
  private static final Function IS_IN_THE_TABLE = Smt.function("is-in-the-table");

  /**
   * A state.
   *
   * @param cached what is cached
   * @param at the page for which it is looked at
   * @param page the page that is named
   */
  private record Point(
      Profile profile,
      ControlState before,
      ControlState after,
      Translation cached,
      long at,
      long page) {

    static Point random(States states) {
      Profile profile = states.profile();
      ControlState before = states.control();
      ControlState after = states.control();
      PagingMode mode = PagingMode.of(before);
      int pages = states.one(SIZES);
      long at = mode.canonicalPage(states.bits());
      long first = at & -pages;
      int pcid = states.chance(2, 3) ? before.pcid() : after.pcid();
      Translation cached =
          new Translation(
              first, pages, 0, WalkRights.ROOT, 0, pcid, states.chance(1, 3), states.chance(1, 2));
      long page =
          switch (states.below(4)) {
            case 0 -> at;
            case 1 -> first + states.below(pages);
            case 2 -> at ^ 1L << 51;
            default -> mode.canonicalPage(states.bits());
          };
      return new Point(profile, before, after, cached, at, page);
    }

    Point with(ControlState other) {
      return new Point(profile, before, other, cached, at, page);
    }

    /** Whether the cached translation must be forgotten, as the definitions have it. */
    boolean forgotten(Value manipulation) {
      return MUST_FORGET
          .apply(
              Smt.translation(cached),
              Smt.bits(at),
              manipulation,
              Smt.control(before),
              Smt.control(after),
              Smt.profile(profile))
          .isTrue();
    }

    boolean isInTheTable(Value manipulation) {
      return IS_IN_THE_TABLE
          .apply(manipulation, Smt.control(before), Smt.control(after), Smt.profile(profile))
          .isTrue();
    }

    /** Whether what is named lies in the mode at all. */
    boolean exists() {
      return PagingMode.of(before).canonicalPage(page) == page;
    }

    boolean isNamedBy(Invalidation invalidation) {
      return Obligation.names(invalidation, cached, at);
    }
  }

  @Test
  void theyAgreeOnInvlpg() {
    compare(
        "INVLPG",
        10,
        (states, point) -> {
          Value invlpg = Smt.constructor("invlpg").of(Smt.bits(point.page));
          assertTrue(point.isInTheTable(invlpg));
          return point.exists()
              ? Optional.of(
                  agreed(
                      point.isNamedBy(Invalidation.ofPage(point.page, point.before)),
                      point.forgotten(invlpg)))
              : Optional.empty();
        });
  }

  @ParameterizedTest
  @EnumSource
  void theyAgreeOnInvpcid(InvalidationType type) {
    compare(
        "INVPCID " + type,
        20,
        (states, point) -> {
          int named = states.chance(2, 3) ? point.cached.pcid() : states.below(4096);
          Value invpcid =
              Smt.constructor("invpcid")
                  .of(Smt.invalidationType(type), Smt.bits(named), Smt.bits(point.page));
          assertTrue(point.isInTheTable(invpcid));
          return Optional.of(
              agreed(
                  point.isNamedBy(Invalidation.ofPcid(type, named, point.page, point.before)),
                  point.forgotten(invpcid)));
        });
  }

  @ParameterizedTest
  @EnumSource
  void theyAgreeOnControlWrites(ControlRegister register) {
    int rarest = register == ControlRegister.EFER ? Integer.MAX_VALUE : 50;
    compare(
        register.name(),
        rarest,
        (states, random) -> {
          Event.ControlWrite write = write(states, random, register);
          Point point = random.with(write.after());
          Value manipulation = Smt.write(write);
          Optional<Invalidation> obliged = Invalidation.ofControlWrite(write, point.profile);
          assertEquals(
              obliged.filter(one -> !(one.scope() instanceof Scope.Nowhere)).isPresent(),
              point.isInTheTable(manipulation));
          return Optional.of(
              agreed(
                  obliged.isPresent() && point.isNamedBy(obliged.get()),
                  point.forgotten(manipulation)));
        });
  }

  /** Every bit of CR4 that may flush, before and after; both vendors; each kind of translation. */
  @Test
  void theyAgreeOnEveryWriteToCr4() {
    for (Vendor vendor : Vendor.values()) {
      Profile profile = new Profile("one", vendor, 46, Set.of(), true);
      for (int before = 0; before < 1 << FLUSHING.length; before++) {
        for (int after = 0; after < 1 << FLUSHING.length; after++) {
          for (int kind = 0; kind < 4; kind++) {
            compareCr4(profile, before, after, kind);
          }
        }
      }
    }
  }

  private static void compareCr4(Profile profile, int before, int after, int kind) {
    long cr0 = ControlState.CR0_PG;
    ControlState from = new ControlState(cr0, 1, flushing(before), ControlState.EFER_LMA);
    ControlState to = new ControlState(cr0, 1, flushing(after), ControlState.EFER_LMA);
    int pcid = (kind & 1) == 0 ? from.pcid() : 2;
    Translation cached = new Translation(7, 1, 0, WalkRights.ROOT, 0, pcid, (kind & 2) != 0, true);
    Point point = new Point(profile, from, to, cached, 7, 7);
    Event.ControlWrite write =
        new Event.ControlWrite(new Vcpu(0, 0), ControlRegister.CR4, from, to);
    Optional<Invalidation> obliged = Invalidation.ofControlWrite(write, profile);
    assertEquals(obliged.isPresent(), point.isInTheTable(Smt.write(write)), point.toString());
    assertEquals(
        obliged.isPresent() && point.isNamedBy(obliged.get()),
        point.forgotten(Smt.write(write)),
        point.toString());
  }

  private static long flushing(int number) {
    long cr4 = 0;
    for (int bit = 0; bit < FLUSHING.length; bit++) {
      cr4 |= (number & 1 << bit) == 0 ? 0 : FLUSHING[bit];
    }
    return cr4;
  }

  /** A write that changes no register but its own, or, for one in two, any of them. */
  private static Event.ControlWrite write(States states, Point point, ControlRegister register) {
    long value = point.after.get(register);
    boolean keeps = register == ControlRegister.CR3 && states.chance(1, 2);
    return new Event.ControlWrite(
        new Vcpu(0, 0),
        register,
        keeps ? value | ControlState.CR3_NO_FLUSH : value,
        point.before,
        states.chance(1, 2) ? point.after : point.before.with(register, value));
  }

  @Test
  void theyAgreeOnDeliveredFaults() {
    compare(
        "fault",
        20,
        (states, point) -> {
          boolean forRights = states.chance(3, 4);
          boolean forgotten =
              FORGOTTEN_AT_DELIVERY
                  .apply(
                      Smt.translation(point.cached),
                      Smt.bits(point.at),
                      Smt.bits(point.page),
                      Smt.truth(forRights),
                      Smt.control(point.before))
                  .isTrue();
          return Optional.of(
              agreed(
                  point.isNamedBy(
                      forRights
                          ? Invalidation.ofDeliveredFault(point.page, point.before)
                          : Invalidation.ofDeliveredWalkFault(point.page, point.before)),
                  forgotten));
        });
  }

  private static boolean agreed(boolean expected, boolean found) {
    assertEquals(expected, found);
    return found;
  }

  /**
   * Compares until there are as many points as are asked for.
   *
   * @param rarest of so many points at least one has to oblige, and one not to
   * @param comparison says whether a point obliges, or nothing where it cannot be asked about
   */
  private static void compare(
      String what, int rarest, BiFunction<States, Point, Optional<Boolean>> comparison) {
    States states = new States(SEED);
    int compared = 0;
    int obliged = 0;
    while (compared < POINTS) {
      Point point = Point.random(states);
      int number = compared;
      Optional<Boolean> obliges =
          assertDoesNotThrow(
              () -> comparison.apply(states, point),
              () -> "seed %d, point %d: %s %s".formatted(SEED, number, what, point));
      compared += obliges.isPresent() ? 1 : 0;
      obliged += obliges.orElse(false) ? 1 : 0;
    }
    assertTrue(obliged >= POINTS / rarest, what + " " + obliged);
    assertTrue(
        POINTS - obliged >= POINTS / rarest || what.endsWith("ALL_CONTEXTS"), what + " " + obliged);
  }
}
