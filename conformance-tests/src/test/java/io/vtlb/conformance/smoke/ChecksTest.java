package io.vtlb.conformance.smoke;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vtlb.conformance.run.Limits;
import io.vtlb.conformance.run.RunOutcome;
import io.vtlb.conformance.run.SequenceRun;
import io.vtlb.conformance.run.StepListener;
import io.vtlb.conformance.smoke.Row.Result;
import io.vtlb.conformance.verify.VerificationPlan;
import io.vtlb.model.machine.Paging;
import io.vtlb.model.reference.ReferenceVmm;
import io.vtlb.model.target.Description;
import io.vtlb.model.target.Feature;
import io.vtlb.model.target.ObservationLevel;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each check asks the message that it is about, and right targets pass. */
class ChecksTest {

  private static Description target(Set<Paging> modes) {
    return new Description(
        "any",
        "",
        ObservationLevel.SELF_REPORTING,
        modes,
        EnumSet.complementOf(EnumSet.of(Feature.WRITE_TRACKING, Feature.SPURIOUS_FAULTS)));
  }

  private static List<Check> all(Description target) {
    List<Check> all = new ArrayList<>();
    all.add(Checks.create(target));
    all.add(Checks.firstFault(target));
    all.addAll(Checks.further(target));
    return all;
  }

  @ParameterizedTest
  @EnumSource
  void eachAsksWhatItIsAbout(Paging mode) {
    assertAsk(target(EnumSet.of(mode)));
  }

  @Test
  void eachAsksWhatItIsAboutWhereEveryModeIsServed() {
    Description target = target(EnumSet.allOf(Paging.class));
    assertAsk(target);
    assertTrue(all(target).stream().allMatch(check -> check.lacking(target).isEmpty()));
  }

  private static void assertAsk(Description target) {
    for (Check check : all(target)) {
      if (check.lacking(target).isEmpty()) {
        List<Message> asked =
            Exemplar.of(check.sequenceFor(target), target).stream()
                .map(one -> one.call().message())
                .toList();
        for (Check.Part part : check.parts()) {
          boolean byWordOnly = part.message().question() == Question.STORES;
          assertTrue(byWordOnly || asked.contains(part.message()), part + " of " + asked);
        }
      }
    }
  }

  @Test
  void theReferencePassesEach() {
    Description target = new ReferenceVmm().describe();
    for (Check check : all(target)) {
      assertInstanceOf(
          RunOutcome.Conforms.class,
          SequenceRun.of(
              check.sequenceFor(target),
              new ReferenceVmm(),
              VerificationPlan.everyRule(),
              StepListener.NONE),
          () -> check.parts().toString());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bundled",
        "reference",
        "design:lazy",
        "design:role-shared",
        "design:out-of-sync",
        "design:adversary"
      })
  void rightTargetsOfAnyDesignPass(String name) {
    Tried tried = Smoke.of(name, List.of(), Limits.USUAL, row -> {});
    assertEquals(
        List.of(), tried.rows().stream().flatMap(row -> row.shortfall().stream()).toList());
    assertTrue(tried.rows().stream().noneMatch(row -> row.result() == Result.NOT_TRIED));
  }

  private static Tried tried(Class<?> type) throws URISyntaxException {
    Path classes = Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    return Smoke.of("class:" + type.getName(), List.of(classes), Limits.USUAL, row -> {});
  }

  @Test
  void aWholeMachineIsAskedToPerform() throws URISyntaxException {
    Tried tried = tried(WholeMachine.class);
    assertEquals(
        List.of(), tried.rows().stream().flatMap(row -> row.shortfall().stream()).toList());
    assertEquals(
        List.of(
            "hello",
            "reset",
            "create",
            "perform load",
            "reset",
            "perform load",
            "perform store",
            "perform invlpg",
            "perform write-control"),
        tried.rows().stream().map(Row::message).toList());
  }

  @Test
  void aWholeMachineThatStoresNothingFailsThere() throws URISyntaxException {
    Row row = tried(WholeMachine.Forgetful.class).firstFailure().orElseThrow();
    assertEquals("perform store", row.message());
    Row.Shortfall shortfall = row.shortfall().orElseThrow();
    assertInstanceOf(Reason.Broke.class, shortfall.reason());
    assertEquals("perform store", shortfall.at());
    assertEquals(
        List.of("perform(store of 0x1 in 4 bytes at 0x18000 by vm0.cpu0)"),
        shortfall.said().stream().map(Said::text).toList());
    assertEquals(List.of("memory.store(0x18000L, 4, 0x1L)", "completion"), shortfall.example());
  }
}
