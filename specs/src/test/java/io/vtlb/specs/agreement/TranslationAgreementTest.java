package io.vtlb.specs.agreement;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.PageSize;
import io.vtlb.model.paging.PagingMode;
import io.vtlb.model.paging.Translation;
import io.vtlb.specs.evaluation.Function;
import io.vtlb.specs.evaluation.Value;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a translation is for, and where it leads, agree. */
class TranslationAgreementTest {

  private static final int POINTS = 100_000;
  private static final long SEED = 25;
  private static final List<Integer> SIZES =
      List.of(1, PageSize.LARGE_2M, PageSize.LARGE_4M, PageSize.LARGE_1G);
  private static final Function COVERS = Smt.function("covers");
  private static final Function FRAME_OF = Smt.function("frame-of");
  private static final Function FIRST_OF = Smt.function("first-of");
  private static final Function USED_UNDER = Smt.function("used-under");
  private static final Function WITH_DIRTY = Smt.function("with-dirty");
  private static final Function IDENTITY = Smt.function("identity");
  private static final Function EXISTS_IN = Smt.function("exists-in");

  @Test
  void theyAgreeAtRandomPoints() {
    States states = new States(SEED);
    Met met = new Met();
    for (int number = 0; number < POINTS; number++) {
      compare(states, met, "seed " + SEED + ", point " + number);
    }
    met.require(POINTS / 5, "covers", "covers not", "used", "used not");
  }

  private static void compare(States states, Met met, String where) {
    ControlState control = states.control();
    int pages = states.one(SIZES);
    long page = states.page();
    long first = page & -pages;
    Translation translation =
        new Translation(
            first,
            pages,
            states.bits() >>> 24 & -pages,
            states.rights(),
            states.below(16),
            states.chance(1, 2) ? control.pcid() : states.below(4096),
            states.chance(1, 4),
            states.chance(1, 2));
    long asked = states.chance(1, 2) ? first + states.below(pages) : near(states, first, pages);
    Value value = Smt.translation(translation);
    Value linear = Smt.bits(asked);
    assertEquals(Smt.bits(first), FIRST_OF.apply(Smt.bits(page), Smt.size(pages)), where);
    assertEquals(Smt.truth(translation.covers(asked)), COVERS.apply(value, linear), where);
    if (translation.covers(asked)) {
      assertEquals(Smt.bits(translation.frame(asked)), FRAME_OF.apply(value, linear), where);
    }
    boolean used = translation.usedUnder(control.pcid());
    assertEquals(Smt.truth(used), USED_UNDER.apply(value, Smt.control(control)), where);
    assertEquals(Smt.translation(translation.withDirty()), WITH_DIRTY.apply(value), where);
    assertEquals(
        Smt.translation(Translation.identity(page)), IDENTITY.apply(Smt.bits(page)), where);
    met.add(translation.covers(asked) ? "covers" : "covers not");
    met.add(used ? "used" : "used not");
  }

  /** A page just outside, or anywhere. */
  private static long near(States states, long first, int pages) {
    return switch (states.below(3)) {
      case 0 -> first - 1;
      case 1 -> first + pages;
      default -> states.page();
    };
  }

  @Test
  void theyAgreeOnWhatExists() {
    States states = new States(SEED + 1);
    Met met = new Met();
    for (int number = 0; number < POINTS; number++) {
      PagingMode mode = states.one(PagingMode.ALL);
      long page = states.page();
      boolean exists = mode.canonicalPage(page) == page;
      assertEquals(
          Smt.truth(exists), EXISTS_IN.apply(Smt.bits(page), Smt.mode(mode)), mode + " " + page);
      met.add(mode.name() + (exists ? " has" : " has not"));
    }
    for (PagingMode mode : PagingMode.ALL) {
      met.require(POINTS / 100, mode.name() + " has", mode.name() + " has not");
    }
  }
}
