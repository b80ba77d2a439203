package io.vtlb.conformance.cli;

import io.vtlb.conformance.design.Designs;
import io.vtlb.conformance.report.CoverageReport;
import io.vtlb.conformance.report.CoverageText;
import io.vtlb.conformance.run.TargetSource;
import io.vtlb.conformance.target.Targets;
import io.vtlb.conformance.verify.Verdict;
import io.vtlb.conformance.verify.Verification;
import io.vtlb.conformance.verify.VerificationPlan;
import io.vtlb.conformance.verify.Verifier;
import io.vtlb.specs.cell.CellTable;
import io.vtlb.specs.generate.ShippedScenarios;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code vtlb coverage}: which rules random sequences exercise, by target and ingredient. */
@Command(
    name = "coverage",
    mixinStandardHelpOptions = true,
    description = {
      "Shows what random sequences reach: rule by target by ingredient, and cells.",
      "Counts how often each rule was exercised in the sequences with each ingredient, so that a blind"
          + " spot shows.",
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:measured, and no target breaks a rule",
      "1:a target breaks a rule, so that its figures are of the sequences until then",
      "2:wrong usage or bad input",
      "3:a target failed",
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  vtlb coverage",
      "  vtlb coverage --target bundled --sequences 50000",
      "  vtlb coverage --target class:my.Tlb --classpath build/classes",
      "  vtlb coverage --json | jq '.[].blindSpots'",
    })
@SuppressWarnings("NullAway.Init") // picocli sets what is annotated
public final class CoverageCommand implements Callable<Integer> {

  /** What the kit itself answers for. */
  private static final List<String> USUAL_TARGETS =
      Stream.concat(
              Stream.of(Targets.BUNDLED, "reference"),
              Designs.names().stream().map(name -> "design:" + name))
          .toList();

  private static final int LENGTH = 40;

  @Spec private CommandSpec spec;
  @Mixin private ModeOption mode;
  @Mixin private IngredientOption ingredients;
  @Mixin private RestartOption restarts;
  @Mixin private LimitOptions limits;

  @Option(
      names = "--target",
      paramLabel = "T",
      split = ",",
      description = {
        "What to drive, named as for verify; may be given several times",
        "(default: everything that ships with the kit and is right).",
      })
  private List<String> targets = USUAL_TARGETS;

  @Option(
      names = "--classpath",
      paramLabel = "PATH",
      description = "Where class:NAME is found: folders and jars, separated as for java.")
  private @Nullable String classPath;

  @Option(
      names = "--sequences",
      paramLabel = "N",
      defaultValue = "10000",
      description = "How many sequences for each target (default: ${DEFAULT-VALUE}).")
  private long sequences;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "1",
      description = "Decides the sequences (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(names = "--json", description = "Print one JSON document and nothing else.")
  private boolean json;

  @Override
  public Integer call() {
    if (sequences < 1) {
      throw new ParameterException(
          spec.commandLine(), "--sequences must be 1 or more, not " + sequences);
    }
    restarts.chosen();
    List<Path> paths = TargetOptions.paths(classPath);
    List<TargetSource> sources =
        targets.stream().map(name -> Targets.named(name, paths, limits.chosen())).toList();
    List<Verification> runs = runs(sources);
    PrintWriter out = spec.commandLine().getOut();
    CellTable cells = ShippedScenarios.table();
    out.print(
        json
            ? CoverageReport.json(runs, cells).toPrettyString() + "\n"
            : CoverageText.of(runs, cells));
    out.flush();
    return exitCode(runs);
  }

  private List<Verification> runs(List<TargetSource> sources) {
    List<Verification> runs = new ArrayList<>(sources.size());
    long total = sequences * sources.size();
    try (TerminalProgress progress = TerminalProgress.of("coverage", "sequences", total, json)) {
      for (TargetSource source : sources) {
        long before = sequences * runs.size();
        runs.add(
            Verifier.verify(
                plan(source), (done, failures) -> progress.at(before + done, failures)));
      }
    }
    return runs;
  }

  private VerificationPlan plan(TargetSource source) {
    return new VerificationPlan(
            source,
            List.of(),
            seed,
            sequences,
            Optional.empty(),
            LENGTH,
            mode.choice(),
            ingredients.selected(),
            VerificationPlan.everyRule(),
            Runtime.getRuntime().availableProcessors(),
            VerificationPlan.USUAL_FAILURES)
        .restarting(restarts.chosen());
  }

  /** A rule that is never exercised is what this is there to show, not a failure. */
  private static int exitCode(List<Verification> runs) {
    if (runs.stream().anyMatch(run -> !run.failures().isEmpty())) {
      return Verdict.Kind.FAILS.exitCode();
    }
    return runs.stream().anyMatch(run -> !run.crashes().isEmpty())
        ? Verdict.Kind.INCONCLUSIVE.exitCode()
        : 0;
  }
}
