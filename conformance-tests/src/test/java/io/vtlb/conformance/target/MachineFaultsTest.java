package io.vtlb.conformance.target;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vtlb.conformance.fault.Fault;
import io.vtlb.conformance.fault.FaultLibrary;
import io.vtlb.conformance.generate.ModeChoice;
import io.vtlb.conformance.verify.Verdict;
import io.vtlb.conformance.verify.Verification;
import io.vtlb.model.rule.Rule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Faults inside a whole machine are caught by what its guest sees. */
class MachineFaultsTest {

  private static final long SEQUENCES = 1_000;

  private static Verification run(String name) {
    return run(name, ModeChoice.TWO_LEVEL);
  }

  private static Verification run(String name, ModeChoice modes) {
    Fault fault = FaultLibrary.byName(name).orElseThrow();
    return Trials.run(() -> new ObservedMachine(fault.target()), modes, SEQUENCES);
  }

  @ParameterizedTest
  @CsvSource({
    "invlpg-ignored, TLB_1",
    "same-root-reload-ignored, TLB_2",
    "global-page-toggle-ignored, TLB_5",
    "stale-entry-kept-when-fault-is-delivered, TLB_9",
    "high-address-of-large-page-dropped, DERIVE_1",
    "write-right-of-last-entry-only, DERIVE_2",
    "write-protection-of-supervisors-ignored, DERIVE_2",
    "user-right-of-last-entry-only, PRIV_1",
    "one-structure-for-both-privilege-sets, PRIV_1",
    "error-code-of-active-walk, EVENT_3",
    "reserved-fault-without-present-bit, EVENT_3",
    "provoked-fault-delivered, EVENT_4",
    "device-frame-mapped, DERIVE_1"
  })
  void isBlamedOnTheRuleThatTheGuestSeesBroken(String name, Rule rule) {
    assertEquals(rule, run(name).firstOfEachRule().getFirst().violation().rule());
  }

  @ParameterizedTest
  @EnumSource
  void isFoundInEveryMode(ModeChoice modes) {
    assertEquals(
        Rule.TLB_1, run("invlpg-ignored", modes).firstOfEachRule().getFirst().violation().rule());
    assertEquals(Verdict.Kind.FAILS, Verdict.of(run("error-code-of-active-walk", modes)).kind());
  }

  /** A load shows whose memory was reached; a store into another machine is only seen missing. */
  @Test
  void anEscapeIntoAnotherMachineIsSeenAsOne() {
    assertTrue(
        run("host-map-of-first-machine-for-all").firstOfEachRule().stream()
            .anyMatch(failure -> failure.violation().rule() == Rule.ISOLATE_1));
  }

  /** The guest is stuck; what holds it up is not seen. */
  @ParameterizedTest
  @CsvSource({"guest-fault-swallowed", "store-fault-answered-without-change"})
  void anEndlessLoopIsAFaultThatIsNotResolved(String name) {
    assertEquals(Rule.EVENT_4, run(name).firstOfEachRule().getFirst().violation().rule());
  }

  /** What only the structure or a report shows passes for right at level 1. */
  @ParameterizedTest
  @CsvSource({
    "invlpg-taken-for-control-change",
    "processor-not-flushed-after-invlpg",
    "full-resync-drops-what-matched"
  })
  void whatTheGuestCannotSeeIsNotBlamed(String name) {
    assertEquals(Verdict.Kind.CONFORMS, Verdict.of(run(name)).kind());
  }
}
