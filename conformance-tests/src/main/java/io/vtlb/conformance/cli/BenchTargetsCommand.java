package io.vtlb.conformance.cli;

import io.vtlb.conformance.bench.BenchmarkFailure;
import io.vtlb.conformance.bench.ExampleInC;
import io.vtlb.conformance.bench.MeasuredTarget;
import io.vtlb.conformance.bench.TargetSpeed;
import io.vtlb.conformance.bench.TargetsBenchmark;
import io.vtlb.conformance.bench.TargetsJson;
import io.vtlb.conformance.bench.TargetsPlan;
import io.vtlb.conformance.bench.TargetsText;
import io.vtlb.conformance.generate.ModeChoice;
import io.vtlb.conformance.process.ScratchFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code vtlb bench targets}: events a second over each kind of transport. */
@Command(
    name = "targets",
    mixinStandardHelpOptions = true,
    description = {
      "Measures how many events a second targets take, beside the bundled implementation in this"
          + " process at the same sequences.",
      "Judged is the whole run: guest, transport, target and all rules, by one thread. Answered is"
          + " the part of the target: each call from the kit to its return, with transport.",
      "All but exec: runs in this process, unguarded: verify a target before it is measured."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:measured",
      "1:a target does not conform, so there is nothing to measure",
      "2:wrong usage",
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  vtlb bench targets",
      "  vtlb bench targets --json | jq '.targets[] | {target, answeredPerSecond}'",
      "  vtlb bench targets --target 'exec:./my-tlb' --target lib:libmytlb.so",
      "  taskset -c 0 vtlb bench targets    (on one core: kit and target share it)",
    })
@SuppressWarnings("NullAway.Init") // picocli sets what is annotated
public final class BenchTargetsCommand implements Callable<Integer> {

  private static final int NOT_CONFORMING = 1;

  /** The property that names the folder of the kit's sources, where there is one. */
  private static final String CHECKOUT = "vtlb.checkout";

  @Spec private CommandSpec spec;

  @Option(
      names = "--target",
      paramLabel = "T",
      description =
          "A target to measure, as for verify; may be given several times (default: the example in"
              + " C of this checkout, by exec: and by lib:).")
  private List<String> targets = new ArrayList<>();

  @Option(
      names = "--classpath",
      paramLabel = "PATH",
      description = "Where class:NAME and service:NAME are found.")
  private @Nullable String classPath;

  @Option(
      names = "--mode",
      paramLabel = "M",
      defaultValue = "mixed",
      converter = ModeOption.Word.class,
      description =
          "Paging mode of the sequences: 32, pae, 4level, 5level or mixed (default:"
              + " ${DEFAULT-VALUE}).")
  private ModeChoice mode;

  @Mixin private RoundOptions round = new RoundOptions();

  @Mixin private LimitOptions limits = new LimitOptions();

  @Option(names = "--json", description = "Print one JSON document and nothing else.")
  private boolean json;

  @Override
  public Integer call() {
    TargetsPlan plan = plan();
    List<TargetSpeed> speeds;
    try (ScratchFolder folder = ScratchFolder.create()) {
      speeds = measure(plan, chosen(folder));
    } catch (BenchmarkFailure e) {
      spec.commandLine().getErr().println("vtlb: " + e.getMessage());
      return NOT_CONFORMING;
    } catch (IOException e) {
      throw new UnusableFile("a folder for temporary files cannot be made: " + e.getMessage());
    }
    PrintWriter out = spec.commandLine().getOut();
    out.print(
        json ? TargetsJson.of(plan, speeds).toPrettyString() + "\n" : TargetsText.of(plan, speeds));
    out.flush();
    return 0;
  }

  private List<TargetSpeed> measure(TargetsPlan plan, List<MeasuredTarget> chosen) {
    try (TerminalProgress progress =
        TerminalProgress.of(
            "measuring", "rounds", TargetsBenchmark.roundsOf(plan, chosen.size()), json)) {
      TargetsBenchmark benchmark =
          new TargetsBenchmark(plan, TargetOptions.paths(classPath), limits.chosen(), progress);
      return chosen.stream().map(benchmark::measure).toList();
    }
  }

  private List<MeasuredTarget> chosen(ScratchFolder folder) {
    return targets.isEmpty()
        ? examples(folder)
        : targets.stream().map(MeasuredTarget::new).toList();
  }

  private List<MeasuredTarget> examples(ScratchFolder folder) {
    String checkout = System.getProperty(CHECKOUT);
    if (checkout == null) {
      throw new ParameterException(
          spec.commandLine(),
          "there are no sources of the kit here to take the example in C from; name a target by"
              + " --target");
    }
    return ExampleInC.build(Path.of(checkout), folder.resolve(""));
  }

  private TargetsPlan plan() {
    return new TargetsPlan(mode, round.sequences(), round.length(), round.seed(), round.rounds());
  }
}
