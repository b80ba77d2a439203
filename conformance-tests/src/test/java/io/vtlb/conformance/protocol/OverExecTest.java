package io.vtlb.conformance.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vtlb.conformance.generate.ModeChoice;
import io.vtlb.conformance.protocol.ServedTarget.Way;
import io.vtlb.conformance.run.FreshTargets;
import io.vtlb.conformance.run.TargetSource;
import io.vtlb.conformance.target.ObservedMachine;
import io.vtlb.conformance.target.Targets;
import io.vtlb.conformance.verify.Progress;
import io.vtlb.conformance.verify.Verification;
import io.vtlb.conformance.verify.VerificationPlan;
import io.vtlb.conformance.verify.Verifier;
import io.vtlb.model.rule.Rule;
import io.vtlb.model.target.Description;
import io.vtlb.model.target.Feature;
import io.vtlb.model.target.Target;
import io.vtlb.model.target.VirtualTlb;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A target in another process gets the verdict that it gets in this one, to the last number. */
class OverExecTest {

  private static final long SEQUENCES = 120;

  private static Verification run(TargetSource source) {
    return Verifier.verify(
        new VerificationPlan(
            source,
            5,
            SEQUENCES,
            Optional.empty(),
            40,
            ModeChoice.MIXED,
            VerificationPlan.everyRule(),
            1,
            3),
        Progress.NONE);
  }

  /** What a run counted and found, in words. */
  private static String found(Verification run) {
    TreeMap<Rule, String> rules =
        List.of(Rule.values()).stream()
            .collect(
                Collectors.toMap(
                    rule -> rule,
                    rule -> run.tally().judged(rule) + "/" + run.tally().exercised(rule),
                    (one, other) -> one,
                    TreeMap::new));
    return "%d sequences, %d operations, %d cells, %s, %s, %s"
        .formatted(
            run.sequences(),
            run.operations(),
            run.cells().size(),
            rules,
            run.failures(),
            run.crashes());
  }

  private static Supplier<? extends Target> maker(String name) {
    return ((FreshTargets) Targets.here(name, List.of()).open()).maker();
  }

  /** The same target in this process, without what it cannot declare with a copy of memory. */
  private static TargetSource copying(String name) {
    Supplier<? extends Target> maker = maker(name);
    Description all = maker.get().describe();
    Description some =
        new Description(
            all.name(),
            all.version(),
            all.level(),
            all.modes(),
            ServedTarget.ofCopies(all.features()));
    return TargetSource.inProcess(
        name, some, () -> new Redescribed((VirtualTlb) maker.get(), some));
  }

  @ParameterizedTest
  @ValueSource(strings = {"bundled", "design:role-shared"})
  void aRightTargetWithACopyOfMemory(String name) {
    Verification there = run(ServedProgram.exec(name));
    assertEquals(List.of(), there.failures());
    assertEquals(List.of(), there.crashes());
    assertEquals(found(run(copying(name))), found(there));
  }

  /**
   * It is looked at inside its events, at its reads of memory, and after them: what was seen inside
   * must not be taken for what is there after.
   */
  @ParameterizedTest
  @ValueSource(strings = {"bundled", "reference"})
  void aRightTargetThatAsksForMemory(String name) {
    Verification there = run(ServedProgram.exec(name, Way.ASK));
    assertTrue(there.plan().target().description().has(Feature.INTERLEAVING));
    assertEquals(List.of(), there.failures());
    assertEquals(List.of(), there.crashes());
    assertEquals(found(run(Targets.named(name, List.of()))), found(there));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "fault:invlpg-ignored",
        "fault:user-right-of-last-entry-only",
        "fault:processor-not-flushed-after-invlpg",
        "fault:guest-fault-swallowed"
      })
  void aMistakeIsTheSameMistake(String name) {
    Verification there = run(ServedProgram.exec(name));
    assertFalse(there.failures().isEmpty());
    assertEquals(found(run(copying(name))), found(there));
  }

  @Test
  void aMistakeOfATargetThatAsksForMemory() {
    String name = "fault:host-map-of-first-machine-for-all";
    Verification there = run(ServedProgram.exec(name, Way.ASK));
    assertFalse(there.failures().isEmpty());
    assertEquals(found(run(Targets.named(name, List.of()))), found(there));
  }

  private static TargetSource machine(String name) {
    Supplier<? extends Target> maker = maker(name);
    Supplier<Target> machines = () -> new ObservedMachine((VirtualTlb) maker.get());
    return TargetSource.inProcess(name, machines.get().describe(), machines);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aWholeMachine(boolean asks) {
    Verification there =
        run(
            asks
                ? ServedProgram.exec("bundled", Way.MACHINE, Way.ASK)
                : ServedProgram.exec("bundled", Way.MACHINE));
    assertEquals(1, there.plan().target().description().level().number());
    assertEquals(List.of(), there.failures());
    assertEquals(List.of(), there.crashes());
    assertEquals(found(run(machine("bundled"))), found(there));
  }

  @ParameterizedTest
  @ValueSource(strings = {"fault:invlpg-ignored", "fault:error-code-of-active-walk"})
  void aMistakeInsideAWholeMachine(String name) {
    Verification there = run(ServedProgram.exec(name, Way.MACHINE));
    assertFalse(there.failures().isEmpty());
    assertEquals(found(run(machine(name))), found(there));
  }
}
