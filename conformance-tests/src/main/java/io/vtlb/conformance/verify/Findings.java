package io.vtlb.conformance.verify;

import io.vtlb.conformance.run.Harness;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is to be shown of a run's failures: one for each broken rule, and one for each way in which
 * the target failed.
 *
 * @param counterexamples the broken rules, the one that most sequences broke first
 * @param reproducers the ways in which the target failed, in the order of the run
 * @param flakes those of both that do not happen again with the same sequence
 */
public record Findings(
    List<Counterexample> counterexamples, List<Reproducer> reproducers, List<Flake> flakes) {

  public Findings {
    counterexamples = List.copyOf(counterexamples);
    reproducers = List.copyOf(reproducers);
    flakes = List.copyOf(flakes);
  }

  /** Reduces what a run has found. */
  public static Findings of(Verification run) {
    VerificationPlan plan = run.plan();
    List<Counterexample> counterexamples = new ArrayList<>();
    List<Reproducer> reproducers = new ArrayList<>();
    List<Flake> flakes = new ArrayList<>();
    if (run.failures().isEmpty() && run.crashes().isEmpty()) {
      return new Findings(counterexamples, reproducers, flakes);
    }
    try (Harness harness = plan.target().open()) {
      for (Failure failure : run.firstOfEachRule()) {
        Optional<Counterexample> found = Counterexample.of(plan, failure, harness);
        found.ifPresentOrElse(
            counterexamples::add, () -> flakes.add(Counterexample.flake(plan, failure, harness)));
      }
      for (Crash crash : run.firstOfEachWay()) {
        Optional<Reproducer> found = Reproducer.of(plan, crash, harness);
        found.ifPresentOrElse(
            reproducers::add, () -> flakes.add(Reproducer.flake(plan, crash, harness)));
      }
    }
    return new Findings(counterexamples, reproducers, flakes);
  }
}
