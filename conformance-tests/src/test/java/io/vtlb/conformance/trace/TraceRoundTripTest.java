package io.vtlb.conformance.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** What holds of every trace that is written. */
class TraceRoundTripTest {

  @Property(tries = 1000)
  void readBackIsEqual(@ForAll("traces") RecordedTrace trace) throws BadTrace {
    assertEquals(trace, read(Samples.text(trace)));
  }

  @Property(tries = 500)
  void theSameTraceGivesTheSameBytes(@ForAll("traces") RecordedTrace trace) throws BadTrace {
    String text = Samples.text(trace);
    assertEquals(text, Samples.text(trace));
    assertEquals(text, Samples.text(read(text)));
  }

  @Property(tries = 500)
  void theTextIsLinesOfPrintableAscii(@ForAll("traces") RecordedTrace trace) {
    String text = Samples.text(trace);
    assertTrue(text.endsWith("}\n"));
    assertTrue(text.chars().allMatch(c -> c == '\n' || (c >= ' ' && c < 0x7f)), text);
  }

  /** However a trace is cut, it is refused, or it is the beginning of what it was. */
  @Property(tries = 1000)
  void aCutTraceIsRefusedOrABeginning(
      @ForAll("traces") RecordedTrace trace, @ForAll @IntRange(min = 0, max = 1 << 20) int where) {
    String text = Samples.text(trace);
    String cut = text.substring(0, where % text.length());
    try {
      assertTrue(text.startsWith(Samples.text(read(cut)).strip()));
    } catch (BadTrace refusal) {
      assertTrue(cut.isEmpty() || refusal.problem().contains("cut off"), refusal.getMessage());
    }
  }

  /**
   * Whatever one byte is changed to, there is one line of refusal or a trace; nothing else is
   * thrown.
   */
  @Property(tries = 1000)
  void aDamagedTraceIsRefusedInOneLineOrATrace(
      @ForAll("traces") RecordedTrace trace,
      @ForAll @IntRange(min = 0, max = 1 << 20) int where,
      @ForAll byte damage) {
    byte[] bytes = Samples.text(trace).getBytes(StandardCharsets.UTF_8);
    bytes[where % bytes.length] = damage;
    try {
      RecordedTrace other = TraceReader.read(new ByteArrayInputStream(bytes), "trace");
      assertEquals(other, read(Samples.text(other)));
    } catch (BadTrace refusal) {
      assertTrue(refusal.getMessage().chars().allMatch(c -> c >= ' ' && c < 0x7f));
    }
  }

  @Provide
  Arbitrary<RecordedTrace> traces() {
    return Arbitraries.randomValue(random -> new RandomTraces(random).next());
  }

  private static RecordedTrace read(String text) throws BadTrace {
    return TraceReader.read(
        new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), "trace");
  }
}
