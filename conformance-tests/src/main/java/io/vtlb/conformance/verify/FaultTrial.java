package io.vtlb.conformance.verify;

import io.vtlb.conformance.fault.Fault;
import io.vtlb.conformance.generate.Ingredient;
import io.vtlb.conformance.generate.ModeChoice;
import io.vtlb.conformance.run.Harness;
import io.vtlb.conformance.run.TargetSource;
import io.vtlb.model.rule.Rule;
import java.util.Optional;

/**
 * What became of one fault of the library when the kit was set upon it.
 *
 * @param fault the fault
 * @param blamed the rule that most failing sequences broke, if any failed
 * @param sequences how many sequences it took until the first failed, that one included; all, if
 *     none did
 * @param operations the length of the minimal counterexample, 0 if there is none
 * @param millis how long it took to the verdict, reduction included
 */
public record FaultTrial(
    Fault fault, Optional<Rule> blamed, long sequences, int operations, long millis) {

  /** True if the kit noticed. */
  public boolean caught() {
    return blamed.isPresent();
  }

  /** True if the kit noticed and blamed the right rule. */
  public boolean blamedRightly() {
    return blamed.filter(rule -> rule == fault.blamed()).isPresent();
  }

  /** Sets the kit upon a fault. */
  public static FaultTrial of(
      Fault fault, Strategy strategy, long seed, long mostSequences, int length, int jobs) {
    long start = System.nanoTime();
    TargetSource source =
        TargetSource.inProcess("fault:" + fault.name(), fault.target().describe(), fault::target);
    VerificationPlan plan =
        new VerificationPlan(
            source,
            strategy.scenarios(source.description(), ModeChoice.MIXED),
            seed,
            strategy.draws() ? mostSequences : 0,
            Optional.empty(),
            length,
            ModeChoice.MIXED,
            Ingredient.all(),
            VerificationPlan.everyRule(),
            jobs,
            VerificationPlan.USUAL_FAILURES);
    Verification run = Verifier.verify(plan, Progress.NONE);
    Optional<Failure> first = run.firstOfEachRule().stream().findFirst();
    int operations;
    try (Harness harness = source.open()) {
      operations =
          first
              .flatMap(failure -> Counterexample.of(plan, failure, harness))
              .map(found -> found.trace().sequence().operations().size())
              .orElse(0);
    }
    return new FaultTrial(
        fault,
        first.map(failure -> failure.violation().rule()),
        run.failures().isEmpty() ? run.sequences() : run.failures().getFirst().sequence() + 1,
        operations,
        (System.nanoTime() - start) / 1_000_000);
  }
}
