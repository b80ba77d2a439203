package io.vtlb.conformance.generate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vtlb.conformance.trace.RecordedTrace;
import io.vtlb.conformance.trace.TraceReader;
import io.vtlb.conformance.trace.TraceWriter;
import io.vtlb.model.target.Feature;
import io.vtlb.model.trace.Sequence;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is generated can be written to a trace: a worker gets its sequences as traces. */
class WritableSequencesTest {

  private static final int SEQUENCES = 1_500;

  /** With seed 5, the host once edited a frame that an entry with high bits names. */
  @ParameterizedTest
  @ValueSource(longs = {1, 5})
  void eachIsReadAsItWasWritten(long seed) throws IOException {
    SequenceGenerator generator =
        new SequenceGenerator(
            seed, 40, ModeChoice.MIXED, Set.of(Feature.values()), Ingredient.all());
    for (int number = 0; number < SEQUENCES; number++) {
      Sequence sequence = generator.sequence(number);
      StringBuilder text = new StringBuilder();
      TraceWriter.write(RecordedTrace.of(sequence), text);
      byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
      assertEquals(
          sequence, TraceReader.read(new ByteArrayInputStream(bytes), "written").sequence());
    }
  }
}
