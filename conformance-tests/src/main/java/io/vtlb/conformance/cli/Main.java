package io.vtlb.conformance.cli;

import io.vtlb.conformance.expectation.BadExpectations;
import io.vtlb.conformance.process.RunningTargets;
import io.vtlb.conformance.target.FailedTarget;
import io.vtlb.conformance.target.UnusableTarget;
import io.vtlb.conformance.trace.BadTrace;
import io.vtlb.model.rule.Rule;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code vtlb}: the verbs, and what every one of them does with bad input. */
@Command(
    name = "vtlb",
    mixinStandardHelpOptions = true,
    version = "vtlb 0.1.0, rules " + Rule.VERSION,
    description = "A conformance kit for virtual TLBs (shadow page tables).",
    subcommands = {
      VerifyCommand.class,
      ReplayCommand.class,
      FaultsCommand.class,
      CoverageCommand.class,
      ClaimsCommand.class,
      ProveCommand.class,
      GenerateCommand.class,
      SweepCommand.class,
      CheckRecordingCommand.class,
      CheckEmulatorCommand.class,
      NewTargetCommand.class,
      SmokeCommand.class,
      DoctorCommand.class,
      BenchCommand.class,
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  vtlb verify",
      "  vtlb verify --target class:my.Tlb --classpath build/classes",
      "  vtlb verify --target fault:invlpg-ignored --trace-out found.jsonl",
      "  vtlb replay found.jsonl",
    })
@SuppressWarnings("NullAway.Init") // picocli sets what is annotated
public final class Main implements Runnable {

  static final int BAD_INPUT = 2;
  static final int INCONCLUSIVE = 3;

  @Spec private CommandSpec spec;

  /** Runs one verb and exits with its code. */
  public static void main(String[] arguments) {
    StandardOutput output = new StandardOutput(new FileOutputStream(FileDescriptor.out));
    PrintWriter out = new PrintWriter(output, true, StandardCharsets.UTF_8);
    PrintStream diagnostics = System.err;
    // What a target prints must not get into reports; standard output is the user's.
    System.setOut(diagnostics);
    Thread unfinished = new Thread(() -> abandon(diagnostics));
    // A target that ends the process must not pass for a verdict.
    Runtime.getRuntime().addShutdownHook(unfinished);
    int code =
        commandLine(out, new PrintWriter(diagnostics, true, StandardCharsets.UTF_8))
            .execute(arguments);
    out.flush();
    if (output.lost().isPresent()) {
      diagnostics.println("vtlb: standard output is incomplete: " + output.lost().get());
      code = BAD_INPUT;
    }
    Runtime.getRuntime().removeShutdownHook(unfinished);
    System.exit(code);
  }

  /** Ends at once, since other hooks may not come to their end; no emulator outlives the verb. */
  private static void abandon(PrintStream diagnostics) {
    List<String> soFar = SoFar.told();
    RunningTargets.endAll();
    ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
    diagnostics.println("vtlb: ended before a verdict, by a signal or by the target");
    soFar.forEach(line -> diagnostics.println("vtlb: " + oneLine(line)));
    Runtime.getRuntime().halt(INCONCLUSIVE);
  }

  static CommandLine commandLine(PrintWriter out, PrintWriter err) {
    CommandLine vtlb = new CommandLine(new Main());
    passVersionOn(vtlb);
    return vtlb.setOut(out)
        .setErr(err)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler((exception, arguments) -> usage(exception))
        .setExecutionExceptionHandler((exception, command, result) -> failure(exception, command));
  }

  private static void passVersionOn(CommandLine command) {
    for (CommandLine verb : command.getSubcommands().values()) {
      verb.getCommandSpec().version(command.getCommandSpec().version());
      passVersionOn(verb);
    }
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "name a verb");
  }

  private static int usage(ParameterException exception) {
    CommandLine command = exception.getCommandLine();
    List<String> close =
        exception instanceof CommandLine.UnmatchedArgumentException unmatched
            ? unmatched.getSuggestions()
            : List.of();
    String hint = close.isEmpty() ? "" : " (did you mean " + String.join(" or ", close) + "?)";
    command
        .getErr()
        .println(
            "vtlb: %s%s; see './%s --help'"
                .formatted(
                    oneLine(problem(exception)), hint, command.getCommandSpec().qualifiedName()));
    return BAD_INPUT;
  }

  private static String problem(ParameterException exception) {
    CommandLine command = exception.getCommandLine();
    if (exception instanceof CommandLine.UnmatchedArgumentException unmatched
        && command.getParent() == null
        && !unmatched.isUnknownOption()) {
      return "there is no verb '%s'; the verbs are %s"
          .formatted(
              unmatched.getUnmatched().getFirst(),
              String.join(", ", command.getSubcommands().keySet()));
    }
    return String.valueOf(exception.getMessage());
  }

  private static int failure(Exception exception, CommandLine command) {
    if (exception instanceof UnusableTarget
        || exception instanceof BadTrace
        || exception instanceof BadExpectations
        || exception instanceof UnusableFile) {
      command.getErr().println("vtlb: " + oneLine(String.valueOf(exception.getMessage())));
      return BAD_INPUT;
    }
    if (exception instanceof FailedTarget) {
      command.getErr().println("vtlb: " + oneLine(String.valueOf(exception.getMessage())));
      return INCONCLUSIVE;
    }
    command
        .getErr()
        .println(
            "vtlb: a mistake of vtlb itself, please report it with the command used: "
                + oneLine(exception + " at " + place(exception)));
    return INCONCLUSIVE;
  }

  private static String place(Exception exception) {
    StackTraceElement[] trace = exception.getStackTrace();
    return trace.length == 0 ? "an unknown place" : trace[0].toString();
  }

  private static String oneLine(String text) {
    return text.lines().map(String::strip).reduce((one, next) -> one + " " + next).orElse("");
  }
}
