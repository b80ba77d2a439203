package io.vtlb.conformance.cli;

import io.vtlb.conformance.run.Limits;
import java.time.Duration;
import picocli.CommandLine.Option;

/** The options that say what a target in a process of its own may use. */
final class LimitOptions {

  @Option(
      names = "--event-deadline",
      paramLabel = "TIME",
      defaultValue = "5s",
      converter = TimeSpan.class,
      description =
          "For each answer of a target in a process of its own, for example 500ms; one that takes"
              + " longer is ended (default: ${DEFAULT-VALUE}).")
  private Duration event = Limits.USUAL.event();

  @Option(
      names = "--sequence-deadline",
      paramLabel = "TIME",
      defaultValue = "60s",
      converter = TimeSpan.class,
      description = "The same for each sequence (default: ${DEFAULT-VALUE}).")
  private Duration sequence = Limits.USUAL.sequence();

  @Option(
      names = "--start-deadline",
      paramLabel = "TIME",
      defaultValue = "20s",
      converter = TimeSpan.class,
      description =
          "The same for its start, until it has said what it is (default: ${DEFAULT-VALUE}).")
  private Duration start = Limits.USUAL.start();

  @Option(
      names = "--memory-limit",
      paramLabel = "SIZE",
      defaultValue = "2G",
      converter = MemorySize.class,
      description =
          "Resident memory of a target in a process of its own and all that it has started; one that"
              + " grows beyond is ended (default: ${DEFAULT-VALUE}).")
  private long memory = Limits.USUAL.memoryBytes();

  @Option(
      names = "--output-limit",
      paramLabel = "SIZE",
      defaultValue = "64M",
      converter = MemorySize.class,
      description =
          "What a target in a process of its own may write in one sequence, to standard output and"
              + " to standard error each; one that writes more is ended (default:"
              + " ${DEFAULT-VALUE}).")
  private long output = Limits.USUAL.outputBytes();

  /** What was chosen, or is usual. */
  Limits chosen() {
    return new Limits(start, event, sequence, memory, Limits.USUAL.lineBytes(), output);
  }
}
