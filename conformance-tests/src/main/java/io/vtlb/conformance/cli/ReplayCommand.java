package io.vtlb.conformance.cli;

import io.vtlb.conformance.report.ReplayReport;
import io.vtlb.conformance.run.TargetSource;
import io.vtlb.conformance.target.Targets;
import io.vtlb.conformance.trace.BadTrace;
import io.vtlb.conformance.trace.RecordedTrace;
import io.vtlb.conformance.trace.RecordedVerdict;
import io.vtlb.conformance.trace.TraceReader;
import io.vtlb.conformance.verify.Needs;
import io.vtlb.conformance.verify.Recording;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code vtlb replay FILE}: runs the sequence of a trace again. */
@Command(
    name = "replay",
    mixinStandardHelpOptions = true,
    description = {
      "Runs the sequence of a trace again and judges every step.",
      "Says whether the recorded verdict comes out."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:every step is right",
      "1:a rule is broken, or the target does not do what it declared",
      "2:wrong usage or a bad trace",
      "3:the target failed",
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  vtlb replay found.jsonl",
      "  vtlb replay found.jsonl --target reference",
      "  vtlb replay found.jsonl --target class:my.Tlb --classpath build/classes",
    })
@SuppressWarnings("NullAway.Init") // picocli sets what is annotated
public final class ReplayCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private TargetOptions target;
  @Mixin private RuleOption rules;

  @Parameters(paramLabel = "FILE", description = "The trace: JSON Lines, plain or gzipped.")
  private Path file;

  @Option(names = "--json", description = "Print one JSON document and nothing else.")
  private boolean json;

  @Override
  public Integer call() throws BadTrace {
    RecordedTrace trace = TraceReader.read(file);
    TargetSource source =
        target.source(trace.verdict().map(RecordedVerdict::target).orElse(Targets.BUNDLED));
    List<String> missing = Needs.of(trace.sequence()).lacking(source.description());
    if (!missing.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(),
          "%s needs a target that declares %s; %s does not, so nothing can be said about it"
              .formatted(file, String.join(", ", missing), source.name()));
    }
    Recording again = Recording.of(trace.sequence(), source, rules.selected());
    ReplayReport report = new ReplayReport(source.name(), trace, again);
    PrintWriter out = spec.commandLine().getOut();
    out.print(json ? report.json().toPrettyString() + "\n" : report.text());
    out.flush();
    return report.exitCode();
  }
}
