package io.vtlb.conformance.reduce;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vtlb.conformance.generate.SequenceGenerator;
import io.vtlb.model.operation.GuestOperation;
import io.vtlb.model.trace.Sequence;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds of every reduction, whatever the failure depends on. */
class ReducerLawsTest {

  private static final int TRIES = 60;

  @Provide
  Arbitrary<Sequence> sequences() {
    return Combinators.combine(Arbitraries.longs(), Arbitraries.integers().between(1, 25))
        .as((seed, length) -> new SequenceGenerator(seed, length, true).sequence(0));
  }

  private static Sequence reduced(Shape shape, Sequence start) {
    Predicate<Sequence> fails = shape.of(start);
    Assume.that(fails.test(start));
    return Reducer.reduce(start, fails);
  }

  @Property(tries = TRIES)
  void theResultFailsAndIsNoLonger(@ForAll Shape shape, @ForAll("sequences") Sequence start) {
    Sequence result = reduced(shape, start);
    assertTrue(shape.of(start).test(result));
    assertTrue(result.operations().size() <= start.operations().size());
  }

  @Property(tries = TRIES)
  void noOperationOfTheResultCanGo(@ForAll Shape shape, @ForAll("sequences") Sequence start) {
    Sequence result = reduced(shape, start);
    for (int i = 0; i < result.operations().size(); i++) {
      List<GuestOperation> others = new ArrayList<>(result.operations());
      GuestOperation gone = others.remove(i);
      assertFalse(shape.of(start).test(result.with(others)), "could go: " + gone);
    }
  }

  @Property(tries = TRIES)
  void theSameStartGivesTheSameResult(@ForAll Shape shape, @ForAll("sequences") Sequence start) {
    assertEquals(reduced(shape, start), reduced(shape, start));
  }

  @Property(tries = TRIES)
  void whatFailsOnlyAsItIsStaysAsItIs(@ForAll("sequences") Sequence start) {
    assertEquals(start, Reducer.reduce(start, start::equals));
  }

  @Property(tries = TRIES)
  void everyCandidateIsAProperSequence(@ForAll Shape shape, @ForAll("sequences") Sequence start) {
    Predicate<Sequence> fails = shape.of(start);
    Assume.that(fails.test(start));
    Reducer.reduce(
        start,
        candidate -> {
          int machines = candidate.world().machines().size();
          assertTrue(machines >= 1);
          candidate.operations().forEach(operation -> assertTrue(operation.vcpu().vm() < machines));
          return fails.test(candidate);
        });
  }
}
