package io.vtlb.conformance.report;

import io.vtlb.conformance.verify.Counterexample;
import io.vtlb.conformance.verify.DeclaredProfile;
import io.vtlb.conformance.verify.Findings;
import io.vtlb.conformance.verify.Flake;
import io.vtlb.conformance.verify.Reproducer;
import io.vtlb.conformance.verify.RuleVerdict;
import io.vtlb.conformance.verify.Verdict;
import io.vtlb.conformance.verify.Verification;
import io.vtlb.conformance.verify.VerificationPlan;
import io.vtlb.specs.cell.CellTable;
import java.util.stream.Collectors;

/** The outcome of {@code verify} as text. */
public final class VerificationText {

  private VerificationText() {}

  /** The profile, the tables of rules and of cells, the counterexamples, and the verdict last. */
  public static String of(Verification run, Verdict verdict, Findings findings, CellTable cells) {
    StringBuilder text = new StringBuilder();
    text.append(
        "target %s (level %d), mode %s, %s%d sequences, %d operations%s%n"
            .formatted(
                run.plan().target().name(),
                run.plan().target().description().level().number(),
                run.plan().modes().word(),
                origin(run.plan()),
                run.sequences(),
                run.operations(),
                run.failures().size() >= run.plan().mostFailures()
                    ? " (ended: enough of them failed)"
                    : ""));
    DeclaredProfile profile = DeclaredProfile.of(run.plan());
    text.append(ProfileText.of(profile)).append('\n');
    text.append(rules(verdict));
    text.append(CellsText.of(run, cells));
    for (Counterexample counterexample : findings.counterexamples()) {
      text.append('\n').append(CounterexampleText.of(counterexample, run.plan()));
    }
    for (Reproducer reproducer : findings.reproducers()) {
      text.append('\n').append(CounterexampleText.of(reproducer, run.plan()));
    }
    for (Flake flake : findings.flakes()) {
      text.append('\n').append(CounterexampleText.of(flake, run.plan()));
    }
    text.append(restarts(run));
    text.append("%n%s%n".formatted(ProfileText.statement(profile, verdict)));
    text.append("%s: %s%n".formatted(verdict.kind().id(), verdict.reason()));
    return text.toString();
  }

  private static String origin(VerificationPlan plan) {
    int generated = plan.scenarios().size();
    return (generated == 0 ? "" : "%d generated sequences, ".formatted(generated))
        + (plan.sequences() == 0 ? "in all " : "seed %d, ".formatted(plan.seed()))
        + (generated == 0 || plan.sequences() == 0 ? "" : "in all ");
  }

  /** How often the target was started again, and what it may use; nothing if it never failed. */
  private static String restarts(Verification run) {
    if (run.crashes().isEmpty()) {
      return "";
    }
    return "%nthe target was started again %d times (at most %d)%s%n"
        .formatted(
            run.restarts(),
            run.plan().restarts(),
            run.plan().target().limits().map(limits -> "; limits: " + limits.words()).orElse(""));
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
