package io.vtlb.conformance.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code vtlb bench}: how fast the kit is, and what finds what. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description = {
      "Measures the kit: its speed, that of targets, and what the ingredients of its sequences are worth.",
      "Speed is of this machine and of what else it does.",
    },
    subcommands = {
      BenchMonitorCommand.class,
      BenchTargetsCommand.class,
      BenchIngredientsCommand.class
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:measured", "1:what was measured does not conform", "2:wrong usage"},
    footerHeading = "%nExamples:%n",
    footer = {
      "  vtlb bench monitor --json",
      "  vtlb bench targets",
      "  vtlb bench ingredients --runs 5"
    })
@SuppressWarnings("NullAway.Init") // picocli sets what is annotated
public final class BenchCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "say what to measure: monitor, targets or ingredients");
  }
}
