package io.vtlb.conformance.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The sweep itself: a part of it always, all of it in the soak. */
class SampledSweepTest {

  /** Prime, so that no dimension keeps step with it. */
  private static long step(SweptMode mode) {
    return mode.combinations() > 100_000_000 ? 4001 : 101;
  }

  static Stream<SweptMode> modes() {
    return SweptModeTest.ALL.stream();
  }

  @ParameterizedTest
  @MethodSource("modes")
  void aSampleAgrees(SweptMode mode) {
    long step = step(mode);
    Tally tally = new Sweep(mode, Subject::model).every(step);
    assertEquals((mode.combinations() + step - 1) / step, tally.compared());
    assertEquals(0, tally.disagreements(), () -> first(mode, tally));
  }

  private static String first(SweptMode mode, Tally tally) {
    return Disagreement.at(mode, tally.shown().getFirst(), Subject::model).toString();
  }

  /** A sweep in which everything stops at the first entry would agree, too. */
  @ParameterizedTest
  @MethodSource("modes")
  void everyErrorCodeIsMet(SweptMode mode) {
    Set<Integer> expected = new TreeSet<>();
    boolean keys = mode.mode().signExtended();
    for (int code = 0; code < 64; code++) {
      if (possible(code, keys)) {
        expected.add(code);
      }
    }
    expected.add(-1);
    Set<Integer> met = new TreeSet<>();
    for (int index = 0; index < mode.spaces().size(); index++) {
      Space space = mode.spaces().get(index);
      SpaceSweep sweep = new SpaceSweep(space, Subject.model(space.profile()));
      for (long number = index; number < space.combinations(); number += step(mode)) {
        met.add(sweep.formulate(number));
      }
    }
    assertEquals(expected, met);
  }

  /** W/R and I/D are never both set, RSVD comes with P, PK with P and a data access. */
  private static boolean possible(int code, boolean keys) {
    boolean present = (code & 1) != 0;
    boolean store = (code & 2) != 0;
    boolean reserved = (code & 8) != 0;
    boolean fetch = (code & 16) != 0;
    boolean key = (code & 32) != 0;
    return !(store && fetch)
        && !(reserved && !present)
        && !(key && (!present || reserved || fetch || !keys));
  }

  @Test
  void threadsDoNotMatter() {
    Sweep sweep = new Sweep(SweptMode.twoLevel(), Subject::model);
    Tally one = sweep.from(Tally.NONE, 1, tally -> {});
    assertEquals(one, sweep.from(Tally.NONE, 3, tally -> {}));
    assertEquals(one, sweep.from(new Tally(1_234_567, 0, List.of()), 2, tally -> {}));
    assertEquals(SweptMode.twoLevel().combinations(), one.compared());
  }

  @Tag("soak")
  @ParameterizedTest
  @MethodSource("modes")
  void everythingAgrees(SweptMode mode) {
    Tally tally =
        new Sweep(mode, Subject::model)
            .from(Tally.NONE, Runtime.getRuntime().availableProcessors(), so -> {});
    assertEquals(mode.combinations(), tally.compared());
    assertEquals(0, tally.disagreements(), () -> first(mode, tally));
    assertTrue(tally.shown().isEmpty());
  }
}
