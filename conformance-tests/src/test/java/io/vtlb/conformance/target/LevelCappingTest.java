package io.vtlb.conformance.target;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vtlb.conformance.verify.RuleVerdict;
import io.vtlb.conformance.verify.Verdict;
import io.vtlb.model.event.Event;
import io.vtlb.model.event.Response;
import io.vtlb.model.reference.ReferenceVmm;
import io.vtlb.model.target.Description;
import io.vtlb.model.target.ObservationLevel;
import io.vtlb.model.target.Target;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What a target does not show is not judged, and the report says why. */
class LevelCappingTest {

  private static final long SEQUENCES = 2_000;

  /** The reference VMM without its reports. */
  private static final class Silent extends WrappedVmm {

    @Override
    public Description describe() {
      Description honest = super.describe();
      return new Description("silent", ObservationLevel.ACTIVE_STRUCTURE, honest.features());
    }

    @Override
    public Response handle(Event event) {
      Response response = super.handle(event);
      return new Response(response.action(), response.drops(), Optional.empty());
    }
  }

  @Test
  void aTargetThatReportsNothingIsJudgedAtLevel2() {
    assertConformsAt(2, Silent::new);
  }

  @Test
  void aWholeMachineIsJudgedAtLevel1() {
    assertConformsAt(1, () -> new ObservedMachine(new ReferenceVmm()));
  }

  private static void assertConformsAt(int level, Supplier<? extends Target> maker) {
    Verdict verdict = Verdict.of(Trials.run(maker, SEQUENCES));
    assertEquals(Verdict.Kind.CONFORMS, verdict.kind(), verdict.reason());
    for (RuleVerdict rule : verdict.rules()) {
      int needed = rule.rule().level().number();
      if (needed > level) {
        assertEquals(RuleVerdict.Kind.SKIPPED, rule.kind(), rule.toString());
        assertEquals(
            "needs level %d; the target shows level %d".formatted(needed, level), rule.reason());
        assertEquals(0, rule.judged(), rule.toString());
      } else {
        assertEquals(RuleVerdict.Kind.PASS, rule.kind(), rule.toString());
      }
    }
  }
}
