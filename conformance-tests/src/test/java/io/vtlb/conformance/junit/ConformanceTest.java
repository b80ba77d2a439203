package io.vtlb.conformance.junit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vtlb.conformance.design.lazy.LazyTlb;
import io.vtlb.conformance.fault.FaultLibrary;
import io.vtlb.conformance.target.WrappedVmm;
import io.vtlb.implementation.IndexedVirtualTlb;
import io.vtlb.model.event.Event;
import io.vtlb.model.event.Response;
import io.vtlb.model.reference.ReferenceVmm;
import io.vtlb.model.rule.Rule;
import io.vtlb.model.target.Feature;
import io.vtlb.model.target.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tests that one line in a test class makes of a target. */
class ConformanceTest {

  @TempDir private Path folder;

  private Executed executed(Supplier<? extends Target> maker, long sequences) {
    return Executed.of(random(maker, sequences), folder);
  }

  private static Conformance random(Supplier<? extends Target> maker, long sequences) {
    return Conformance.of(maker).strategy("random").sequences(sequences);
  }

  @Test
  void aRightTargetIsGreen() {
    Executed executed = executed(ReferenceVmm::new, 300);
    assertEquals(List.of(), executed.failed(), executed.outcomes()::toString);
    assertEquals(Rule.values().length + 2, executed.outcomes().size());
    assertTrue(executed.passed().containsAll(List.of("TLB-1", "DERIVE-1", Executed.STAYS)));
    assertEquals(List.of(), executed.skipped());
  }

  @Test
  void whatATargetDoesNotOfferIsSkippedWithTheReason() {
    Executed executed = executed(LazyTlb::new, 400);
    assertEquals(List.of(), executed.failed(), executed.outcomes()::toString);
    assertEquals(List.of("FULL-1", "FULL-2"), executed.skipped());
    assertEquals("FULL-1: the target reported no full resync", executed.message("FULL-1"));
  }

  @Test
  void namesAreReadable() {
    List<String> names =
        Conformance.of(ReferenceVmm::new).tests().map(node -> node.getDisplayName()).toList();
    assertEquals(List.of(Executed.DESCRIBES, Executed.STAYS), names.subList(0, 2));
    assertEquals(
        "INIT-1 (MUST) The active structures of a new virtual machine hold no valid entry. [claim 10]",
        names.get(2));
    assertTrue(names.stream().anyMatch(name -> name.startsWith("FULL-2 (SHOULD) A full resync")));
  }

  /** A mistake of the library, given as the object that makes it. */
  @Test
  void aWrongTargetFailsTheRulesTestWithItsCounterexample() {
    Supplier<Target> wrong = FaultLibrary.byName("invlpg-ignored").orElseThrow()::target;
    Executed executed = executed(wrong, 1000);
    assertTrue(executed.failed().contains("TLB-1"), executed.failed()::toString);
    assertTrue(executed.passed().contains(Executed.STAYS));
    String message = executed.message("TLB-1");
    assertTrue(message.startsWith("TLB-1 fails: broken in "), message);
    assertTrue(message.contains("\ncounterexample: TLB-1 (MUST) is broken\n"), message);
    assertTrue(message.contains(" of seed 1, operation "), message);
    assertTrue(message.contains("\n  4. vm0.cpu0 INVLPG "), message);
    assertTrue(
        message.contains(
            "\nrun:    mode mixed, strategy random, seed 1, 1000 sequences of 40 operations\n"),
        message);
    assertTrue(Files.isRegularFile(line(message, "trace:  ")), message);
    assertEquals(
        "PERIODIC-1 fails: follows from TLB-1, which failed\n", executed.message("PERIODIC-1"));
  }

  @Test
  void aCrashIsATestOfItsOwn() {
    Executed executed = executed(NotFoundByName::new, 300);
    assertEquals(List.of(Executed.STAYS), executed.failed());
    String message = executed.message(Executed.STAYS);
    assertTrue(message.contains("IllegalStateException: INVLPG"), message);
    assertTrue(message.contains(", reduced to 1 operations\n"), message);
    Path trace = line(message, "trace:  ");
    assertEquals("crash.jsonl", trace.getFileName().toString());
    assertEquals(
        "Conformance.of(...).replay(Path.of(\"%s\"))".formatted(trace), text(message, "replay: "));
    assertTrue(executed.message("TLB-7").endsWith("mend what failed first"));
  }

  private static final class NotFoundByName extends WrappedVmm {

    @Override
    public Response handle(Event event) {
      if (event instanceof Event.InvalidatePage) {
        throw new IllegalStateException("INVLPG");
      }
      return super.handle(event);
    }
  }

  @Test
  void theRunHappensOnceAndOnlyWhenATestIsExecuted() {
    AtomicInteger made = new AtomicInteger();
    Supplier<Target> counted =
        () -> {
          made.incrementAndGet();
          return new ReferenceVmm();
        };
    List<DynamicNode> tests = random(counted, 50).traces(folder).tests().toList();
    assertEquals(0, made.get());
    Executed.of(tests);
    int once = made.get();
    assertTrue(once >= 50, () -> "made " + once);
    Executed.of(tests);
    assertEquals(once, made.get());
  }

  @Test
  void aMustRuleThatNothingExercisesFailsAndSaysWhatToDo() {
    Executed executed =
        Executed.of(random(ReferenceVmm::new, 1).length(1).rules("TLB-1", "FULL-2"), folder);
    assertEquals(List.of("TLB-1"), executed.failed());
    assertEquals(List.of("FULL-2"), executed.skipped());
    String message = executed.message("TLB-1");
    assertTrue(message.startsWith("TLB-1 was never exercised: "), message);
    assertTrue(message.contains("in 1 sequences; nothing checked is not a pass: give more"));
  }

  @Test
  void chosenRulesAloneGetATest() {
    Executed executed = Executed.of(random(ReferenceVmm::new, 200).rules("PERIODIC-1"), folder);
    assertEquals(
        List.of(Executed.DESCRIBES, Executed.STAYS, "PERIODIC-1"),
        List.copyOf(executed.outcomes().keySet()));
    assertEquals(List.of(), executed.failed());
    assertEquals(List.of(), executed.skipped());
  }

  @Test
  void whatIsDeclaredMustBeWhatIsExpected() {
    Conformance twenty = random(IndexedVirtualTlb::new, 20).rules("DERIVE-1");
    Feature[] declared = new IndexedVirtualTlb().describe().features().toArray(Feature[]::new);
    assertEquals(List.of(), Executed.of(twenty.features(declared), folder).failed());
    Executed other = Executed.of(twenty.features(Feature.RECYCLING), folder);
    assertEquals(List.of(Executed.DESCRIBES), other.failed());
    assertTrue(
        other.message(Executed.DESCRIBES).contains("but the test expects [RECYCLING]"),
        () -> other.message(Executed.DESCRIBES));
  }

  @Test
  void aTargetThatCannotBeUsedFailsOneTest() {
    ReferenceVmm only = new ReferenceVmm();
    Executed executed = executed(() -> only, 10);
    assertEquals(List.of(), executed.passed());
    assertTrue(
        executed
            .outcomes()
            .get(Executed.DESCRIBES)
            .orElseThrow()
            .getMessage()
            .contains("each sequence needs a fresh target"));
    assertEquals(Rule.values().length + 1, executed.skipped().size());
    assertTrue(executed.message("TLB-1").startsWith("not run: target "));
  }

  private static Path line(String message, String label) {
    return Path.of(text(message, label));
  }

  static String text(String message, String label) {
    return message
        .lines()
        .filter(line -> line.startsWith(label))
        .map(line -> line.substring(label.length()))
        .findFirst()
        .orElseThrow(() -> new AssertionError(message));
  }

  @Test
  void aTargetByNameIsTested() {
    Executed executed =
        Executed.of(Conformance.named("reference").strategy("random").sequences(200), folder);
    assertEquals(List.of(), executed.failed(), executed.outcomes()::toString);
    assertEquals(
        List.of("there is no target 'shadow'"),
        Stream.of(Executed.of(Conformance.named("shadow"), folder))
            .map(one -> one.outcomes().get(Executed.DESCRIBES).orElseThrow().getMessage())
            .map(text -> text.substring(0, text.indexOf(';')))
            .toList());
  }
}
