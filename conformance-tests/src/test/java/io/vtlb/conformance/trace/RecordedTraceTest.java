package io.vtlb.conformance.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.vtlb.conformance.trace.RecordedStep.Exchange;
import io.vtlb.model.event.Event;
import io.vtlb.model.machine.Vcpu;
import io.vtlb.model.operation.GuestOperation.Load;
import io.vtlb.model.operation.Observation;
import io.vtlb.model.target.ObservationLevel;
import io.vtlb.model.trace.Sequence;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RecordedTraceTest {

  private static final Vcpu CPU = new Vcpu(0, 0);
  private static final Sequence TWO_LOADS =
      new Sequence(Samples.world(), List.of(new Load(CPU, 0), new Load(CPU, 4)));
  private static final RecordedStep DONE =
      new RecordedStep(List.of(), Optional.of(new Observation.Completed()));

  @Test
  void hasAStepForEachOperation() {
    assertRefused("one step for each of 2 operations, not 1", List.of(DONE), Optional.empty());
  }

  @Test
  void recordsNothingAfterItsRunEnded() {
    assertRefused(
        "a step is recorded after one without an observation",
        List.of(RecordedStep.NONE, DONE),
        Optional.empty());
  }

  @Test
  void isJudgedOnAnOperationThatItHas() {
    assertRefused(
        "a verdict on operation 3 of 2", List.of(DONE, DONE), Optional.of(verdict("TLB-1", 3)));
  }

  @Test
  void namesRulesAndStepsAsTheyAre() {
    assertThrows(IllegalArgumentException.class, () -> verdict("tlb", 1));
    assertThrows(IllegalArgumentException.class, () -> verdict("TLB-1", -1));
  }

  @Test
  void hasNothingAfterAnEventWithoutAnAnswer() {
    Exchange unanswered = new Exchange(new Event.InvalidatePage(CPU, 0), Optional.empty());

    assertThrows(
        IllegalArgumentException.class,
        () -> new RecordedStep(List.of(unanswered, unanswered), Optional.empty()));
    assertThrows(
        IllegalArgumentException.class,
        () -> new RecordedStep(List.of(unanswered), DONE.observation()));
  }

  private static void assertRefused(
      String message, List<RecordedStep> steps, Optional<RecordedVerdict> verdict) {
    assertEquals(
        message,
        assertThrows(
                IllegalArgumentException.class, () -> new RecordedTrace(TWO_LOADS, steps, verdict))
            .getMessage());
  }

  private static RecordedVerdict verdict(String rule, int step) {
    return new RecordedVerdict(
        "t",
        ObservationLevel.GUEST_VISIBLE,
        RecordedVerdict.Outcome.VIOLATION,
        Optional.of(rule),
        step,
        "because");
  }
}
