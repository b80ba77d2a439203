package io.vtlb.conformance.generate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vtlb.conformance.trace.RecordedTrace;
import io.vtlb.conformance.trace.TraceReader;
import io.vtlb.conformance.trace.TraceWriter;
import io.vtlb.model.operation.GuestOperation.ForeignStore;
import io.vtlb.model.target.Description;
import io.vtlb.model.target.Feature;
import io.vtlb.model.target.ObservationLevel;
import io.vtlb.model.trace.Sequence;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds of every sequence. */
class SequenceGeneratorTest {

  private static final int SEQUENCES = 2_000;
  private static final int LENGTH = 40;
  private static final int SHORT = 12;

  private static boolean hasForeignStore(Sequence sequence) {
    return sequence.operations().stream().anyMatch(ForeignStore.class::isInstance);
  }

  private static SequenceGenerator fitting(Feature... features) {
    Description description =
        new Description("any", ObservationLevel.SELF_REPORTING, Set.of(features));
    return SequenceGenerator.fitting(description, 5, LENGTH, ModeChoice.MIXED);
  }

  @ParameterizedTest
  @EnumSource
  void seedNumberAndModeDecideTheSequence(ModeChoice modes) {
    SequenceGenerator one = new SequenceGenerator(9, LENGTH, modes, true);
    SequenceGenerator same = new SequenceGenerator(9, LENGTH, modes, true);
    for (int number = SEQUENCES; number >= 0; number -= 7) {
      assertEquals(one.sequence(number), same.sequence(number));
    }
  }

  @Test
  void differentNumbersSeedsAndModesGiveDifferentSequences() {
    Set<Sequence> all = new HashSet<>();
    for (ModeChoice modes : ModeChoice.values()) {
      for (long seed = -1; seed <= 2; seed++) {
        SequenceGenerator generator = new SequenceGenerator(seed, LENGTH, modes, true);
        for (long number = 0; number < 50; number++) {
          assertTrue(all.add(generator.sequence(number)));
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 40, 41, 500})
  void theLengthIsExact(int length) {
    for (ModeChoice modes : ModeChoice.values()) {
      SequenceGenerator generator = new SequenceGenerator(4, length, modes, true);
      for (int number = 0; number < 20; number++) {
        assertEquals(length, generator.sequence(number).operations().size());
      }
    }
  }

  @Test
  void aShorterSequenceBeginsLikeALongerOne() {
    Sequence longer = new SequenceGenerator(4, 40, ModeChoice.MIXED, true).sequence(3);
    Sequence shorter = new SequenceGenerator(4, 20, ModeChoice.MIXED, true).sequence(3);
    assertEquals(longer.world(), shorter.world());
    assertEquals(longer.operations().subList(0, 20), shorter.operations());
  }

  @Test
  void everySequenceCanBeWrittenAndReadBack() throws IOException {
    SequenceGenerator generator = new SequenceGenerator(6, SHORT, ModeChoice.MIXED, true);
    for (int number = 0; number < SEQUENCES; number++) {
      RecordedTrace trace = RecordedTrace.of(generator.sequence(number));
      StringBuilder text = new StringBuilder();
      TraceWriter.write(trace, text);
      byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
      assertEquals(trace, TraceReader.read(new ByteArrayInputStream(bytes), "sequence " + number));
    }
  }

  @Test
  void otherAgentsStoreOnlyIfTheTargetSaysThatItStaysRight() {
    boolean some = false;
    for (int number = 0; number < SEQUENCES; number++) {
      assertFalse(hasForeignStore(fitting().sequence(number)));
      some |= hasForeignStore(fitting(Feature.FOREIGN_STORES).sequence(number));
    }
    assertTrue(some);
  }
}
