package io.vtlb.conformance.cli;

import io.vtlb.conformance.emulator.EmulatorException;
import io.vtlb.conformance.emulator.EmulatorOptions;
import io.vtlb.conformance.emulator.Executable;
import io.vtlb.conformance.emulator.comparison.ComparisonReport;
import io.vtlb.conformance.emulator.comparison.ComparisonRun;
import io.vtlb.conformance.emulator.comparison.Emulators;
import io.vtlb.conformance.emulator.comparison.ReferenceModel;
import io.vtlb.conformance.report.EmulatorReport;
import io.vtlb.model.paging.PagingMode;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code vtlb check-emulator}: holds the model against an emulator's MMU. */
@Command(
    name = "check-emulator",
    mixinStandardHelpOptions = true,
    description = {
      "Compares an emulator's MMU with the model, by random accesses.",
      "It executes random loads, stores and fetches over random page tables, each from an empty TLB;"
          + " value, error code, CR2 and A/D bits are compared with what the model admits. Known"
          + " deviations of the emulator are in a ledger; any other fails."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:every probe agrees, or deviates as the ledger says",
      "1:a probe deviates otherwise",
      "2:wrong usage",
      "3:the emulator is missing, or failed",
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  vtlb check-emulator",
      "  vtlb check-emulator --mode 5level --probes 1000000 --seed 2",
      "  vtlb check-emulator --json | jq .known",
    })
@SuppressWarnings("NullAway.Init") // picocli sets what is annotated
public final class CheckEmulatorCommand implements Callable<Integer> {

  private static final int AGREES = 0;
  private static final int DEVIATES = 1;
  private static final long MOST_PROBES = 1_000_000_000;

  @Spec private CommandSpec spec;

  @Option(
      names = "--mode",
      paramLabel = "M",
      defaultValue = EmulatedModes.ALL,
      converter = EmulatedModes.Word.class,
      description = "none, 32, pae, 4level, 5level, or mixed for all (default: ${DEFAULT-VALUE}).")
  private EmulatedModes modes = new EmulatedModes(PagingMode.ALL);

  @Option(
      names = "--probes",
      paramLabel = "N",
      defaultValue = "200000",
      description = "How many probes, all modes together (default: ${DEFAULT-VALUE}).")
  private long probes;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "1",
      description = "Decides the probes (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--emulator",
      paramLabel = "FILE",
      defaultValue = EmulatorOptions.QEMU,
      description = "QEMU's system emulator for x86-64 (default: ${DEFAULT-VALUE}).")
  private String emulator;

  @Option(names = "--json", description = "Print one JSON document and nothing else.")
  private boolean json;

  @Override
  public Integer call() {
    if (probes < 1 || probes > MOST_PROBES) {
      throw new ParameterException(
          spec.commandLine(), "--probes must be 1 to " + MOST_PROBES + ", not " + probes);
    }
    try (Emulators emulators = new Emulators(emulator)) {
      Optional<String> missing = emulators.whyMissing();
      return missing.isPresent() ? inconclusive(missing.get()) : compare(emulators);
    } catch (EmulatorException failure) {
      return inconclusive(String.valueOf(failure.getMessage()));
    }
  }

  private int compare(Emulators emulators) {
    String version = Executable.version(emulator).orElse(emulator);
    ComparisonRun run = new ComparisonRun(new ReferenceModel(), emulators, seed);
    ComparisonReport report;
    try (TerminalProgress progress = TerminalProgress.of("probing", "probes", probes, json)) {
      report = run.compare(version, modes.modes(), probes, progress);
    }
    PrintWriter out = spec.commandLine().getOut();
    out.print(
        json ? EmulatorReport.json(report).toPrettyString() + "\n" : EmulatorReport.text(report));
    out.flush();
    return report.deviating() == 0 ? AGREES : DEVIATES;
  }

  private int inconclusive(String reason) {
    PrintWriter err = spec.commandLine().getErr();
    err.print("vtlb: " + reason.lines().findFirst().orElse("") + "\n");
    err.flush();
    return Main.INCONCLUSIVE;
  }
}
