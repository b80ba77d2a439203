package io.vtlb.conformance.cli;

import io.vtlb.conformance.bench.BenchmarkFailure;
import io.vtlb.conformance.bench.MonitorBenchmark;
import io.vtlb.conformance.bench.MonitorJson;
import io.vtlb.conformance.bench.MonitorPlan;
import io.vtlb.conformance.bench.MonitorSpeeds;
import io.vtlb.conformance.bench.MonitorText;
import io.vtlb.conformance.generate.ModeChoice;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code vtlb bench monitor}: operations judged a second, beside a jqwik property's. */
@Command(
    name = "monitor",
    mixinStandardHelpOptions = true,
    description = {
      "Measures how many operations a second one thread judges.",
      "Target: the bundled implementation, level 3, all rules. In 4-level mode also how many a plain"
          + " jqwik property of action chains judges with the model's parts, in a tenth of the rounds'"
          + " sequences."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:measured",
      "1:a sequence does not conform, so there is nothing to measure",
      "2:wrong usage",
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  vtlb bench monitor",
      "  vtlb bench monitor --json | jq .ratio",
      "  vtlb bench monitor --mode mixed --sequences 500",
    })
@SuppressWarnings("NullAway.Init") // picocli sets what is annotated
public final class BenchMonitorCommand implements Callable<Integer> {

  private static final int NOT_CONFORMING = 1;

  @Spec private CommandSpec spec;

  @Option(
      names = "--mode",
      paramLabel = "M",
      defaultValue = "4level",
      converter = ModeOption.Word.class,
      description =
          "Paging mode of the sequences: 32, pae, 4level, 5level or mixed (default:"
              + " ${DEFAULT-VALUE}); the comparison is only for 4level.")
  private ModeChoice mode;

  @Mixin private RoundOptions round = new RoundOptions();

  @Option(names = "--json", description = "Print one JSON document and nothing else.")
  private boolean json;

  @Override
  public Integer call() {
    MonitorPlan plan = plan();
    MonitorSpeeds speeds;
    try (TerminalProgress progress =
        TerminalProgress.of("measuring", "rounds", MonitorBenchmark.roundsOf(plan), json)) {
      speeds = new MonitorBenchmark(plan, progress).run();
    } catch (BenchmarkFailure e) {
      spec.commandLine().getErr().println("vtlb: " + e.getMessage());
      return NOT_CONFORMING;
    }
    PrintWriter out = spec.commandLine().getOut();
    out.print(json ? MonitorJson.of(speeds).toPrettyString() + "\n" : MonitorText.of(speeds));
    out.flush();
    return 0;
  }

  private MonitorPlan plan() {
    return new MonitorPlan(mode, round.sequences(), round.length(), round.seed(), round.rounds());
  }
}
