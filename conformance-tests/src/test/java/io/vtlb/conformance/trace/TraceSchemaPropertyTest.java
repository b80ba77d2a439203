package io.vtlb.conformance.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The published schema admits whatever is written. */
class TraceSchemaPropertyTest {

  @Property(tries = 200)
  void admitsEachLine(@ForAll("traces") RecordedTrace trace) {
    Samples.text(trace)
        .lines()
        .forEach(line -> assertEquals(List.of(), PublishedSchema.errors(line), line));
  }

  @Provide
  Arbitrary<RecordedTrace> traces() {
    return Arbitraries.randomValue(random -> new RandomTraces(random).next());
  }
}
