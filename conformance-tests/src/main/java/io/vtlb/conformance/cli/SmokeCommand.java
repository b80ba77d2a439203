package io.vtlb.conformance.cli;

import io.vtlb.conformance.report.SmokeJson;
import io.vtlb.conformance.report.SmokeText;
import io.vtlb.conformance.smoke.Row;
import io.vtlb.conformance.smoke.Tried;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code vtlb smoke}: a first look at a target, message by message. */
@Command(
    name = "smoke",
    mixinStandardHelpOptions = true,
    description = {
      "Goes through the messages of a target one by one: which works, and of one that does not, what"
          + " was said and what would have been right.",
      "For a target that was just written; 'vtlb verify' says whether it conforms."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:every message that could be tried works",
      "1:a message fails",
      "2:wrong usage, or there is no such target",
      "3:inconclusive: the target could not be started again",
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  vtlb smoke --target 'exec:python3 my-tlb/tlb.py'",
      "  vtlb smoke --target lib:build/libtlb.so --event-deadline 500ms",
      "  vtlb smoke --target class:my.Tlb --classpath build/classes",
      "  vtlb smoke --target exec:./tlb --json | jq '.messages[] | select(.result == \"fails\")'",
    })
@SuppressWarnings("NullAway.Init") // picocli sets what is annotated
public final class SmokeCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private TargetOptions target;

  @Option(names = "--json", description = "Print one JSON document and nothing else.")
  private boolean json;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    Tried tried = target.smoke("bundled", row -> print(out, row));
    out.println(json ? SmokeJson.of(tried).toPrettyString() : "\n" + SmokeText.end(tried));
    out.flush();
    if (tried.isInconclusive()) {
      return Main.INCONCLUSIVE;
    }
    return tried.firstFailure().isEmpty() ? 0 : 1;
  }

  /** Each as soon as it was tried: one that hangs takes its time. */
  private void print(PrintWriter out, Row row) {
    if (!json) {
      out.print(SmokeText.of(row));
      out.flush();
    }
  }
}
