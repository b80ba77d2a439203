package io.vtlb.conformance.cli;

import io.vtlb.conformance.expectation.Expectation;
import io.vtlb.conformance.report.VerificationJson;
import io.vtlb.conformance.report.VerificationText;
import io.vtlb.conformance.run.TargetSource;
import io.vtlb.conformance.trace.RecordedTrace;
import io.vtlb.conformance.trace.TraceWriter;
import io.vtlb.conformance.verify.Counterexample;
import io.vtlb.conformance.verify.Findings;
import io.vtlb.conformance.verify.Reproducer;
import io.vtlb.conformance.verify.Strategy;
import io.vtlb.conformance.verify.Verdict;
import io.vtlb.conformance.verify.Verification;
import io.vtlb.conformance.verify.VerificationPlan;
import io.vtlb.conformance.verify.Verifier;
import io.vtlb.model.machine.Paging;
import io.vtlb.model.target.Description;
import io.vtlb.specs.generate.Scenario;
import io.vtlb.specs.generate.ShippedScenarios;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code vtlb verify}: drives a target with sequences of events and judges every step. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    description =
        "Drives a virtual TLB with sequences of events, generated and random, and judges every"
            + " step.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:conforms",
      "1:a counterexample was found, or the target does not do what it declared",
      "2:wrong usage or bad input",
      "3:inconclusive: the target failed, a rule was never exercised, or it was interrupted",
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  vtlb verify",
      "  vtlb verify --target class:my.Tlb --classpath build/classes --for 30s",
      "  vtlb verify --target 'exec:python3 my_tlb.py' --event-deadline 500ms --restarts 0",
      "  vtlb verify --target fault:invlpg-ignored --trace-out found.jsonl",
      "  vtlb verify --mode 4level --sequences 100000",
      "  vtlb verify --strategy smt --json | jq .coverage.cells",
      "  vtlb verify --ingredients shared-table,return-to-old-root",
      "  vtlb verify --target exec:./tlb --expectations known.json",
      "  vtlb verify --rule TLB-1,TLB-2 --json | jq .verdict",
    })
@SuppressWarnings("NullAway.Init") // picocli sets what is annotated
public final class VerifyCommand implements Callable<Integer> {

  private static final long USUAL_SEQUENCES = 10_000;
  private static final int LONGEST = 10_000;
  private static final int MOST_JOBS = 256;

  @Spec private CommandSpec spec;
  @Mixin private TargetOptions target;
  @Mixin private RuleOption rules;
  @Mixin private ModeOption mode;
  @Mixin private IngredientOption ingredients;
  @Mixin private RestartOption restarts;
  @Mixin private ExpectationsOption expectations;

  @Option(
      names = "--sequences",
      paramLabel = "N",
      description =
          "How many sequences are drawn at random (default: "
              + USUAL_SEQUENCES
              + "); the generated ones come on top, unless --strategy says random.")
  private @Nullable Long sequences;

  @Option(
      names = "--for",
      paramLabel = "TIME",
      converter = TimeSpan.class,
      description =
          "How long to draw instead, for example 30s or 5m; the report says how many sequences that was,"
              + " to repeat it.")
  private @Nullable Duration time;

  @Option(
      names = "--strategy",
      paramLabel = "S",
      defaultValue = "all",
      converter = StrategyWord.class,
      description =
          "Where sequences come from: random draws them, smt takes those that a solver generated"
              + " from the specification, all does both (default: ${DEFAULT-VALUE}).")
  private Strategy strategy = Strategy.ALL;

  @Option(
      names = "--length",
      paramLabel = "N",
      defaultValue = "40",
      description = "Operations in each sequence (default: ${DEFAULT-VALUE}).")
  private int length;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "1",
      description = "Decides the sequences (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--jobs",
      paramLabel = "N",
      description = "Threads (default: one for each processor); no influence on the result.")
  private int jobs = Runtime.getRuntime().availableProcessors();

  @Option(names = "--json", description = "Print one JSON document and nothing else.")
  private boolean json;

  @Option(
      names = "--trace-out",
      paramLabel = "FILE",
      description = "Write the minimal counterexample to a trace file, for 'vtlb replay'.")
  private @Nullable Path traceOut;

  @Override
  public Integer call() {
    long start = System.nanoTime();
    VerificationPlan plan = plan();
    Verification run = run(plan);
    Findings findings = Findings.of(run);
    Verdict verdict = Verdict.of(run);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      long millis = (System.nanoTime() - start) / 1_000_000;
      out.println(
          VerificationJson.of(run, verdict, findings, ShippedScenarios.table(), millis)
              .toPrettyString());
    } else {
      out.print(VerificationText.of(run, verdict, findings, ShippedScenarios.table()));
    }
    // A trace that cannot be written must not take the report with it.
    out.flush();
    String written = writeTrace(findings);
    String updated = expectations.update(run);
    if (!json) {
      out.print(written);
      out.print(updated);
      out.print(repetition(run));
      out.flush();
    }
    return verdict.kind().exitCode();
  }

  private VerificationPlan plan() {
    require(
        length >= 1 && length <= LONGEST, "--length must be 1 to " + LONGEST + ", not " + length);
    require(jobs >= 1 && jobs <= MOST_JOBS, "--jobs must be 1 to " + MOST_JOBS + ", not " + jobs);
    require(sequences == null || sequences >= 1, "--sequences must be 1 or more, not " + sequences);
    require(sequences == null || time == null, "give either --sequences or --for, not both");
    int mostRestarts = restarts.chosen();
    require(expectations.problem() == null, String.valueOf(expectations.problem()));
    List<Expectation> known = expectations.expected();
    if (traceOut != null) {
      UnusableFile.unlessWritable("--trace-out", traceOut);
    }
    require(
        strategy.draws() || (sequences == null && time == null),
        "--strategy smt draws no sequences: leave out --sequences and --for");
    TargetSource source = target.source("bundled");
    require(mode.choice().fits(source.description()), unserved(source.description()));
    List<Scenario> scenarios = strategy.scenarios(source.description(), mode.choice());
    require(
        strategy.draws() || !scenarios.isEmpty(),
        "--strategy smt has no sequence for mode " + mode.choice().word() + "; give mixed");
    return new VerificationPlan(
        source,
        scenarios,
        seed,
        mostDrawn(),
        Optional.ofNullable(time),
        length,
        mode.choice(),
        ingredients.selected(),
        rules.selected(),
        jobs,
        VerificationPlan.USUAL_FAILURES,
        mostRestarts,
        known);
  }

  private String unserved(Description described) {
    return "--mode %s: target %s serves %s; give another mode, or mixed for all that it serves"
        .formatted(
            mode.choice().word(),
            described.name(),
            described.modes().stream().map(Paging::word).collect(Collectors.joining(", ")));
  }

  private long mostDrawn() {
    if (!strategy.draws()) {
      return 0;
    }
    return time != null ? Long.MAX_VALUE : sequences == null ? USUAL_SEQUENCES : sequences;
  }

  private Verification run(VerificationPlan plan) {
    long total = time != null ? -1 : plan.total();
    try (TerminalProgress progress = TerminalProgress.of("verifying", "sequences", total, json)) {
      return Verifier.verify(plan, SoFar.follow(plan, progress));
    }
  }

  private void require(boolean condition, String otherwise) {
    if (!condition) {
      throw new ParameterException(spec.commandLine(), otherwise);
    }
  }

  private String writeTrace(Findings findings) {
    if (traceOut == null) {
      return "";
    }
    Optional<RecordedTrace> trace =
        findings.counterexamples().stream()
            .findFirst()
            .map(Counterexample::trace)
            .or(() -> findings.reproducers().stream().findFirst().map(Reproducer::trace));
    if (trace.isEmpty()) {
      return "no counterexample, so %s was not written%n".formatted(traceOut);
    }
    try {
      TraceWriter.write(trace.get(), traceOut);
    } catch (IOException e) {
      throw new UnusableFile("--trace-out: " + traceOut + " cannot be written: " + e.getMessage());
    }
    return "the first of these is in %s; see it again with './vtlb replay %s%s'%n"
        .formatted(traceOut, traceOut, target.whereItIsFound());
  }

  private String repetition(Verification run) {
    return time == null
        ? ""
        : "the same run again: --strategy %s --mode %s --seed %d --sequences %d --length %d%s%n"
            .formatted(
                strategy.word(),
                mode.choice().word(),
                seed,
                run.sequences() - run.plan().scenarios().size(),
                length,
                ingredients.repetition());
  }
}
