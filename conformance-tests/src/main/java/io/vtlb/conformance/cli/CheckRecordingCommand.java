package io.vtlb.conformance.cli;

import io.vtlb.conformance.recording.BadRecording;
import io.vtlb.conformance.recording.JsonReport;
import io.vtlb.conformance.recording.RecordingChecker;
import io.vtlb.conformance.recording.RecordingReport;
import io.vtlb.conformance.recording.TextReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code vtlb check-recording FILE}: holds a recording of a real hypervisor against the model. */
@Command(
    name = "check-recording",
    mixinStandardHelpOptions = true,
    description = {
      "Checks a recording of a real hypervisor's shadow MMU against the model.",
      "For every recorded walk: outcome, error code, A/D bits and frame; for every page-fault event:"
          + " whether it was the guest's own; for every active leaf: that its rights are no more than"
          + " the walk grants; for a bare-metal guest's reports: that what it saw is admissible."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:everything that was checked agrees",
      "1:something disagrees",
      "2:wrong usage, or a file that is no recording",
      "3:no walk could be checked"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  vtlb check-recording trace-2level.jsonl.gz",
      "  vtlb check-recording --max-disagreements 100 trace.jsonl",
      "  vtlb check-recording --json trace-probe2.jsonl.gz | jq .checks"
    })
@SuppressWarnings("NullAway.Init") // picocli sets what is annotated
public final class CheckRecordingCommand implements Callable<Integer> {

  private static final int KIBIBYTE = 1 << 10;
  private static final int AGREES = 0;
  private static final int DISAGREES = 1;
  private static final int BAD_INPUT = 2;
  private static final int INCONCLUSIVE = 3;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "The recording: JSON Lines, plain or gzipped.")
  private Path file;

  @Option(names = "--json", description = "Print the report as one JSON document.")
  private boolean json;

  @Option(
      names = "--max-disagreements",
      paramLabel = "N",
      defaultValue = "20",
      description = "List at most N disagreements; all are counted (default: ${DEFAULT-VALUE}).")
  private int maxDisagreements;

  @Override
  public Integer call() {
    if (maxDisagreements < 0) {
      throw new ParameterException(
          spec.commandLine(), "--max-disagreements must be 0 or more, not " + maxDisagreements);
    }
    PrintWriter out = spec.commandLine().getOut();
    try {
      RecordingReport report = check();
      out.print(json ? JsonReport.of(report) + "\n" : TextReport.of(report));
      out.flush();
      return switch (report.verdict()) {
        case AGREES -> AGREES;
        case DISAGREES -> DISAGREES;
        case INCONCLUSIVE -> INCONCLUSIVE;
      };
    } catch (BadRecording bad) {
      PrintWriter err = spec.commandLine().getErr();
      err.print("vtlb: " + bad.in(file) + "\n");
      err.flush();
      return BAD_INPUT;
    }
  }

  private RecordingReport check() throws BadRecording {
    RecordingChecker checker = new RecordingChecker(maxDisagreements);
    try (TerminalProgress progress = TerminalProgress.of("checking", "KiB", kibibytes(), json)) {
      return checker.check(file, read -> progress.at(read / KIBIBYTE, 0));
    }
  }

  /** The size of the file in KiB, or -1 if that is not known. */
  private long kibibytes() {
    try {
      return Files.isRegularFile(file) ? Files.size(file) / KIBIBYTE : -1;
    } catch (IOException unknown) {
      return -1;
    }
  }
}
