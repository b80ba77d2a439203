package io.vtlb.conformance.report;

import io.vtlb.conformance.fault.DefectClass;
import io.vtlb.conformance.verify.FaultTrial;
import io.vtlb.model.rule.Rule;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The page docs/faults.md: every fault of the library by class of defect, in Markdown. */
public final class FaultsTable {

  private static final String HEAD =
      """
      # Faults

      Every mistake of the fault library, by the kind of real defect that it is modelled on. The kit is set upon each one with the same
      sequences as upon any target (seed 1, mixed modes); the rule is the one that most failing sequences broke, the length that of the
      minimal counterexample, in operations, and the time that to the verdict, reduction included. What each rule asks is told by `./vtlb claims`.

      The number of sequences is that of one seed. At another one a fault may show after a tenth of them or after several times as many, and a mistake
      with several faces may be blamed on another of its rules. Where thousands are needed here, a run of 10,000 says little about such a mistake in
      your own target: let it run longer.

      This page is printed by `./vtlb faults --markdown`; times are of the machine it ran on.

      """;

  private FaultsTable() {}

  /** The page. */
  public static String of(List<FaultTrial> trials) {
    StringBuilder page = new StringBuilder(HEAD);
    for (DefectClass kind : DefectClass.values()) {
      section(page, kind.number() + ". " + capital(kind.description()), of(kind, trials));
    }
    section(
        page,
        "Without a real model",
        trials.stream().filter(trial -> trial.fault().defectClass().isEmpty()).toList());
    return page.toString();
  }

  private static List<FaultTrial> of(DefectClass kind, List<FaultTrial> trials) {
    return trials.stream()
        .filter(trial -> trial.fault().defectClass().equals(Optional.of(kind)))
        .toList();
  }

  private static void section(StringBuilder page, String title, List<FaultTrial> trials) {
    page.append("## ").append(title).append("\n\n");
    if (trials.isEmpty()) {
      page.append("None.\n\n");
      return;
    }
    page.append("| fault | design | modelled on | rule | sequences | operations | ms |\n");
    page.append("|---|---|---|---|--:|--:|--:|\n");
    for (FaultTrial trial : trials) {
      page.append(
          "| `%s` | %s | %s | %s | %d | %d | %d |\n"
              .formatted(
                  trial.fault().name(),
                  trial.fault().design(),
                  trial.fault().modelledOn(),
                  trial.blamed().map(Rule::id).orElse("missed"),
                  trial.sequences(),
                  trial.operations(),
                  trial.millis()));
    }
    page.append('\n');
  }

  private static String capital(String words) {
    return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
  }
}
