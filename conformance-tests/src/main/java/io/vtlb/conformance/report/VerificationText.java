package io.vtlb.conformance.report;

import io.vtlb.conformance.verify.Counterexample;
import io.vtlb.conformance.verify.Reproducer;
import io.vtlb.conformance.verify.RuleVerdict;
import io.vtlb.conformance.verify.Verdict;
import io.vtlb.conformance.verify.Verification;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The outcome of {@code verify} as text. */
public final class VerificationText {

  private VerificationText() {}

  /** The table of rules, the counterexamples, and the verdict last. */
  public static String of(
      Verification run,
      Verdict verdict,
      List<Counterexample> counterexamples,
      Optional<Reproducer> reproducer) {
    StringBuilder text = new StringBuilder();
    text.append(
        "target %s (level %d), mode %s, seed %d, %d sequences, %d operations%s%n%n"
            .formatted(
                run.plan().target().name(),
                run.plan().target().description().level().number(),
                run.plan().modes().word(),
                run.plan().seed(),
                run.sequences(),
                run.operations(),
                run.failures().size() >= run.plan().mostFailures()
                    ? " (ended: enough of them failed)"
                    : ""));
    text.append(rules(verdict));
    for (Counterexample counterexample : counterexamples) {
      text.append('\n').append(CounterexampleText.of(counterexample, run.plan()));
    }
    reproducer.ifPresent(
        crash -> text.append('\n').append(CounterexampleText.of(crash, run.plan())));
    text.append("%n%s: %s%n".formatted(verdict.kind().id(), verdict.reason()));
    return text.toString();
  }

  private static Table rules(Verdict verdict) {
    Table table = new Table("llrrl");
    table.row("rule", "claims", "exercised", "judged", "verdict");
    for (RuleVerdict rule : verdict.rules()) {
      table.row(
          rule.rule().id(),
          rule.rule().claims().stream().map(String::valueOf).collect(Collectors.joining(" ")),
          rule.exercised(),
          rule.judged(),
          rule.kind().id() + (rule.reason().isEmpty() ? "" : ": " + rule.reason()));
    }
    return table;
  }
}
