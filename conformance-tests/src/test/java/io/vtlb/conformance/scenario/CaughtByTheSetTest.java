package io.vtlb.conformance.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vtlb.conformance.fault.Fault;
import io.vtlb.conformance.fault.FaultLibrary;
import io.vtlb.conformance.fault.SmallWorldScope;
import io.vtlb.conformance.run.RunOutcome;
import io.vtlb.conformance.run.SequenceRun;
import io.vtlb.conformance.run.StepListener;
import io.vtlb.model.rule.Rule;
import io.vtlb.model.trace.Sequence;
import io.vtlb.specs.generate.Embedding;
import io.vtlb.specs.generate.Goal;
import io.vtlb.specs.generate.Scenario;
import io.vtlb.specs.generate.ShippedScenarios;
import io.vtlb.specs.smt.Specification;
import io.vtlb.specs.smt.Twin;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The generated set alone catches each fault whose mistake lies inside the small worlds. */
class CaughtByTheSetTest {

  private static final List<Scenario> SCENARIOS =
      ShippedScenarios.files().stream().flatMap(file -> file.scenarios().stream()).toList();

  static Stream<Fault> inside() {
    return FaultLibrary.all().stream().filter(fault -> SmallWorldScope.whyOutside(fault).isEmpty());
  }

  @ParameterizedTest
  @MethodSource("inside")
  void aFaultInsideIsCaught(Fault fault) {
    assertTrue(SCENARIOS.stream().anyMatch(scenario -> catches(scenario, fault)), fault.name());
  }

  @Test
  void everyReasonIsAboutAFaultThatThereIs() {
    assertEquals(
        List.of(),
        SmallWorldScope.names().stream()
            .filter(name -> FaultLibrary.byName(name).isEmpty())
            .toList());
  }

  /** Mistakes that come to nothing in a small world: two need machines, two memory as a whole. */
  @Test
  void otherTwinsShowInSomeSequence() {
    Set<String> unseen = new TreeSet<>();
    Specification.load().twins().forEach(twin -> unseen.add(twin.name()));
    SCENARIOS.forEach(scenario -> {
      if (scenario.goal() instanceof Goal.Against(String twin)) {
        unseen.remove(twin);
      }
    });
    assertEquals(
        Set.of(
            "machines-mixed",
            "drops-everywhere",
            "dirty-at-every-level",
            "stale-update",
            "identity-of-another-context",
            "never-spurious"),
        unseen);
  }

  static Stream<Twin> twinsWithFault() {
    return Specification.load().twins().stream().filter(twin -> twin.fault().isPresent());
  }

  /** A sequence on which a mistaken definition shows catches the fault that makes the mistake. */
  @ParameterizedTest
  @MethodSource("twinsWithFault")
  void aTwinsSequenceCatchesItsFault(Twin twin) {
    Fault fault = FaultLibrary.byName(twin.fault().orElseThrow()).orElseThrow();
    assertTrue(
        SCENARIOS.stream()
            .filter(scenario -> scenario.goal().equals(new Goal.Against(twin.name())))
            .anyMatch(scenario -> catches(scenario, fault)),
        twin.name());
  }

  private static boolean catches(Scenario scenario, Fault fault) {
    Sequence sequence = Embedding.of(scenario);
    return SequenceRun.of(sequence, fault.target(), EnumSet.allOf(Rule.class), StepListener.NONE)
        instanceof RunOutcome.Violated;
  }
}
