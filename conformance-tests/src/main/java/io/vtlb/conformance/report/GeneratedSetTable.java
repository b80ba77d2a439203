package io.vtlb.conformance.report;

import io.vtlb.conformance.fault.SmallWorldScope;
import io.vtlb.conformance.verify.FaultTrial;
import io.vtlb.model.rule.Rule;
import java.util.List;

/** Which faults the generated set catches, and why it does not catch the others. */
public final class GeneratedSetTable {

  private GeneratedSetTable() {}

  /** A table of all trials, and the counts. */
  public static String text(List<FaultTrial> trials) {
    Table table = new Table("llrrl");
    table.row("fault", "rule", "sequences", "operations", "outside the small worlds");
    for (FaultTrial trial : trials) {
      table.row(
          trial.fault().name(),
          trial.blamed().map(Rule::id).orElse("-"),
          trial.sequences(),
          trial.operations(),
          SmallWorldScope.whyOutside(trial.fault()).orElse(""));
    }
    return table + "\n" + counts(trials);
  }

  /** The page docs/generated-set.md. */
  public static String markdown(List<FaultTrial> trials) {
    StringBuilder page = new StringBuilder(HEADING);
    page.append(counts(trials)).append("\n## Caught\n\n");
    page.append(
        "| fault | design | first rule | sequences | operations |\n|---|---|---|--:|--:|\n");
    for (FaultTrial trial : trials) {
      trial
          .blamed()
          .ifPresent(rule ->
              page.append(
                  "| `%s` | %s | %s | %d | %d |%n"
                      .formatted(
                          trial.fault().name(),
                          trial.fault().design(),
                          rule.id(),
                          trial.sequences(),
                          trial.operations())));
    }
    page.append("\n## Not caught\n\n| fault | design | why |\n|---|---|---|\n");
    for (FaultTrial trial : trials) {
      if (!trial.caught()) {
        page.append(
            "| `%s` | %s | %s |%n"
                .formatted(
                    trial.fault().name(),
                    trial.fault().design(),
                    SmallWorldScope.whyOutside(trial.fault()).orElse("**it should be caught**")));
      }
    }
    return page.toString();
  }

  private static String counts(List<FaultTrial> trials) {
    long caught = trials.stream().filter(FaultTrial::caught).count();
    long outside =
        trials.stream()
            .filter(trial -> !trial.caught())
            .filter(trial -> SmallWorldScope.whyOutside(trial.fault()).isPresent())
            .count();
    return "%d of %d faults caught by the generated set; %d are outside the small worlds; %d should be caught and are not%n"
        .formatted(caught, trials.size(), outside, trials.size() - caught - outside);
  }

  private static final String HEADING =
      """
      # The generated set and the faults

      The specification's generated set ([docs/specification.md](specification.md)) is run against every fault of the library, without a random
      sequence: `./vtlb faults --strategy smt`. Sequences are counted up to the first that fails, operations in its minimal form.

      A mistake lies inside the small worlds if it is one in what the specification says of one page of one machine with one virtual CPU, in
      32-bit or 4-level paging, nothing happening inside an event. Others need not be caught; many are.

      """;
}
