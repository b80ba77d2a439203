package io.vtlb.conformance.cli;

import static java.util.stream.Collectors.toCollection;

import io.vtlb.conformance.fault.Fault;
import io.vtlb.conformance.fault.FaultLibrary;
import io.vtlb.conformance.fault.SmallWorldScope;
import io.vtlb.conformance.report.FaultsReport;
import io.vtlb.conformance.report.FaultsTable;
import io.vtlb.conformance.report.GeneratedSetTable;
import io.vtlb.conformance.verify.FaultTrial;
import io.vtlb.conformance.verify.Strategy;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code vtlb faults}: sets the kit upon its own fault library. */
@Command(
    name = "faults",
    mixinStandardHelpOptions = true,
    description = {
      "Runs every fault of the library and says whether it was caught.",
      "Says too which rule was blamed (the one that most failing sequences broke), after how many"
          + " sequences, and how long its minimal counterexample is."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:all caught, with the blame expected",
      "1:one was not caught, or blamed on another rule",
      "2:wrong usage",
      "3:interrupted",
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  vtlb faults",
      "  vtlb faults --list",
      "  vtlb faults invlpg-ignored same-root-reload-ignored",
      "  vtlb faults --target-design role-shared",
      "  vtlb faults --strategy smt --markdown > docs/generated-set.md",
      "  vtlb faults --markdown > docs/faults.md",
      "  vtlb faults --json | jq '.[] | select(.caught | not)'",
    })
@SuppressWarnings("NullAway.Init") // picocli sets what is annotated
public final class FaultsCommand implements Callable<Integer> {

  private static final int LENGTH = 40;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "NAME", arity = "0..*", description = "Faults by name (default: all).")
  private List<String> names = List.of();

  @Option(
      names = "--list",
      description = "Only list the names, the rule each breaks, and its model.")
  private boolean list;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "1",
      description = "Decides the sequences (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--sequences",
      paramLabel = "N",
      defaultValue = "10000",
      description = "Give up after N sequences (default: ${DEFAULT-VALUE}).")
  private long sequences;

  @Option(
      names = "--strategy",
      paramLabel = "S",
      defaultValue = "random",
      converter = StrategyWord.class,
      description =
          "Where sequences come from: random, smt, or all (default: ${DEFAULT-VALUE}). With smt,"
              + " faults whose mistake lies outside the specification's small worlds need not be"
              + " caught; the reason is told.")
  private Strategy strategy = Strategy.RANDOM;

  @Option(
      names = "--target-design",
      paramLabel = "NAME",
      description = {
        "Only the faults inside one design: reference, or a design of the zoo",
        "('vtlb faults --list' shows them)."
      })
  private @Nullable String design;

  @Option(names = "--markdown", description = "Print the table of docs/faults.md and nothing else.")
  private boolean markdown;

  @Option(names = "--json", description = "Print one JSON document and nothing else.")
  private boolean json;

  @Override
  public Integer call() {
    if (sequences < 1) {
      throw new ParameterException(
          spec.commandLine(), "--sequences must be 1 or more, not " + sequences);
    }
    if (Stream.of(list, json, markdown).filter(chosen -> chosen).count() > 1) {
      throw new ParameterException(
          spec.commandLine(), "--list, --json and --markdown exclude each other; choose one");
    }
    List<Fault> faults = selected();
    if (markdown && faults.size() < FaultLibrary.all().size()) {
      throw new ParameterException(
          spec.commandLine(), "--markdown prints the page of all faults; name none, and no design");
    }
    PrintWriter out = spec.commandLine().getOut();
    if (list) {
      faults.forEach(fault ->
          out.printf(
              "%-58s %-12s %-11s %s%n",
              fault.name(), fault.design(), fault.blamed(), fault.modelledOn()));
      out.flush();
      return 0;
    }
    List<FaultTrial> trials = trials(faults);
    out.print(report(trials));
    out.flush();
    return trials.stream().allMatch(this::isAsExpected) ? 0 : 1;
  }

  private String report(List<FaultTrial> trials) {
    if (json) {
      return FaultsReport.json(trials).toPrettyString() + "\n";
    }
    if (strategy == Strategy.SMT) {
      return markdown ? GeneratedSetTable.markdown(trials) : GeneratedSetTable.text(trials);
    }
    return markdown ? FaultsTable.of(trials) : FaultsReport.text(trials);
  }

  /** The generated set must notice what lies inside its worlds, whatever rule it is told by. */
  private boolean isAsExpected(FaultTrial trial) {
    return switch (strategy) {
      case RANDOM -> trial.blamedRightly();
      case SMT -> trial.caught() || SmallWorldScope.whyOutside(trial.fault()).isPresent();
      case ALL -> trial.caught();
    };
  }

  private List<Fault> selected() {
    List<Fault> selected = named();
    String only = design;
    if (only == null) {
      return selected;
    }
    Set<String> known =
        FaultLibrary.all().stream().map(Fault::design).collect(toCollection(TreeSet::new));
    if (!known.contains(only)) {
      throw new ParameterException(
          spec.commandLine(),
          "--target-design: there are no faults in '" + only + "'; choose from " + known);
    }
    if (!names.isEmpty()) {
      selected.forEach(fault -> requireInside(only, fault));
    }
    return selected.stream().filter(fault -> fault.design().equals(only)).toList();
  }

  private void requireInside(String only, Fault fault) {
    if (!fault.design().equals(only)) {
      throw new ParameterException(
          spec.commandLine(),
          "'%s' is a fault inside %s, not %s".formatted(fault.name(), fault.design(), only));
    }
  }

  private List<Fault> named() {
    if (names.isEmpty()) {
      return FaultLibrary.all();
    }
    return names.stream()
        .map(name ->
            FaultLibrary.byName(name)
                .orElseThrow(() ->
                    new ParameterException(
                        spec.commandLine(),
                        "there is no fault '" + name + "'; 'vtlb faults --list' names them")))
        .toList();
  }

  private List<FaultTrial> trials(List<Fault> faults) {
    int jobs = Runtime.getRuntime().availableProcessors();
    List<FaultTrial> trials = new ArrayList<>();
    try (TerminalProgress progress = TerminalProgress.of("faults", "faults", faults.size(), json)) {
      for (Fault fault : faults) {
        trials.add(FaultTrial.of(fault, strategy, seed, sequences, LENGTH, jobs));
        progress.at(trials.size(), 0);
      }
    }
    return trials;
  }
}
