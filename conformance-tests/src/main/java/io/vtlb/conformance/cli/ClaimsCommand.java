package io.vtlb.conformance.cli;

import io.vtlb.conformance.report.ClaimsReport;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code vtlb claims}: from each claim to its rules and their witnesses. */
@Command(
    name = "claims",
    mixinStandardHelpOptions = true,
    description = "Shows each of the 30 claims with its rules, and each rule with its witnesses.",
    footerHeading = "%nExamples:%n",
    footer = {"  vtlb claims", "  vtlb claims --json | jq '.[9].rules'"})
@SuppressWarnings("NullAway.Init") // picocli sets what is annotated
public final class ClaimsCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Option(names = "--json", description = "Print one JSON document and nothing else.")
  private boolean json;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    out.print(json ? ClaimsReport.json().toPrettyString() + "\n" : ClaimsReport.text());
    out.flush();
    return 0;
  }
}
