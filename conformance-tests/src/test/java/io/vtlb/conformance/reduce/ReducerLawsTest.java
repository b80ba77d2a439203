package io.vtlb.conformance.reduce;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vtlb.conformance.generate.ModeChoice;
import io.vtlb.conformance.generate.SequenceGenerator;
import io.vtlb.conformance.trace.RandomTraces;
import io.vtlb.conformance.trace.RecordedTrace;
import io.vtlb.conformance.trace.TraceWriter;
import io.vtlb.model.operation.Operation;
import io.vtlb.model.trace.Sequence;
import java.io.IOException;
import java.io.UncheckedIOException;
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
    return Arbitraries.oneOf(
        Combinators.combine(Arbitraries.longs(), Arbitraries.integers().between(1, 25))
            .as((seed, length) ->
                new SequenceGenerator(seed, length, ModeChoice.MIXED, true).sequence(0)),
        Arbitraries.randomValue(random -> new RandomTraces(random).next().sequence())
            .filter(sequence -> !sequence.operations().isEmpty()));
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
      List<Operation> others = new ArrayList<>(result.operations());
      Operation gone = others.remove(i);
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
          assertWritable(candidate);
          return fails.test(candidate);
        });
  }

  /** The trace format refuses what no processor can be in, and whatever is not there. */
  private static void assertWritable(Sequence sequence) {
    try {
      TraceWriter.write(RecordedTrace.of(sequence), new StringBuilder());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
