package io.vtlb.conformance.cli;

import io.vtlb.conformance.report.ProofReport;
import io.vtlb.model.rule.Rule;
import io.vtlb.specs.proof.ProofCache;
import io.vtlb.specs.proof.Prover;
import io.vtlb.specs.proof.Result;
import io.vtlb.specs.proof.SolverMissing;
import io.vtlb.specs.proof.Verdict;
import io.vtlb.specs.smt.MalformedSpecification;
import io.vtlb.specs.smt.Problem;
import io.vtlb.specs.smt.Specification;
import io.vtlb.specs.smt.Theorem;
import io.vtlb.specs.smt.Twin;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code vtlb prove}: each theorem of the specification, asked of a solver. */
@Command(
    name = "prove",
    mixinStandardHelpOptions = true,
    description = "Proves the rules of the method from the specification in SMT-LIB 2.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:every theorem asked for is proved",
      "1:a theorem is refuted; a case is shown in which it does not hold",
      "2:a rule that there is not, a malformed file, or no solver",
      "3:none is refuted, but the solver gave up on one",
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  vtlb prove",
      "  vtlb prove PARTIAL-1 DERIVE-1",
      "  vtlb prove --fresh --json | jq '.[] | select(.result != \"proved\")'",
      "  vtlb prove --flatten /tmp/theorems",
    })
@SuppressWarnings("NullAway.Init") // picocli sets what is annotated
public final class ProveCommand implements Callable<Integer> {

  private static final int MOST_SECONDS = 86_400;

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "RULE",
      description = "A rule, or one theorem by its name (default: all).")
  private List<String> names = List.of();

  @Option(names = "--fresh", description = "Ask the solver again about what was proved before.")
  private boolean fresh;

  @Option(
      names = "--timeout",
      paramLabel = "S",
      description = "How many seconds each of a theorem's two questions may take (default: 60).")
  private int timeout = 60;

  @Option(
      names = "--flatten",
      paramLabel = "DIR",
      description = "Prove nothing; write each theorem, and each twin, as one file for any solver.")
  private @Nullable Path flatten;

  @Option(names = "--json", description = "Print one JSON document and nothing else.")
  private boolean json;

  @Override
  public Integer call() {
    if (timeout < 1 || timeout > MOST_SECONDS) {
      throw new ParameterException(
          spec.commandLine(), "--timeout must be 1 to " + MOST_SECONDS + ", not " + timeout);
    }
    try {
      Specification specification = Specification.load();
      List<Theorem> selected = selected(specification);
      if (flatten != null) {
        return write(specification, selected, flatten);
      }
      return report(prove(specification, selected));
    } catch (MalformedSpecification | SolverMissing e) {
      throw new UnusableFile(String.valueOf(e.getMessage()));
    }
  }

  private List<Theorem> selected(Specification specification) {
    if (names.isEmpty()) {
      return specification.theorems();
    }
    List<Theorem> selected = new ArrayList<>();
    for (String name : names) {
      List<Theorem> found =
          specification.theorems().stream()
              .filter(theorem -> theorem.name().equals(name) || theorem.rule().id().equals(name))
              .toList();
      if (found.isEmpty()) {
        throw new ParameterException(
            spec.commandLine(),
            Rule.byId(name).isPresent()
                ? "no theorem says %s; docs/specification.md says why".formatted(name)
                : "there is no rule '%s'; './vtlb claims' lists them".formatted(name));
      }
      found.stream().filter(theorem -> !selected.contains(theorem)).forEach(selected::add);
    }
    return selected;
  }

  private List<Result> prove(Specification specification, List<Theorem> theorems) {
    Prover prover = new Prover(timeout * 1000);
    ProofCache cache = new ProofCache(ProofCache.usualFolder(), prover.version());
    List<Result> results = new ArrayList<>();
    try (TerminalProgress bar = TerminalProgress.of("proving", "theorems", theorems.size(), json)) {
      int failures = 0;
      for (Theorem theorem : theorems) {
        Problem problem = specification.problem(theorem);
        Result result =
            (fresh ? Optional.<Result>empty() : cache.find(problem))
                .orElseGet(() -> prover.prove(problem));
        if (!result.remembered()) {
          cache.keep(problem, result);
        }
        results.add(result);
        failures += result.verdict() instanceof Verdict.Proved ? 0 : 1;
        bar.at(results.size(), failures);
      }
    }
    return results;
  }

  private int report(List<Result> results) {
    PrintWriter out = spec.commandLine().getOut();
    out.print(json ? ProofReport.json(results).toPrettyString() + "\n" : ProofReport.text(results));
    out.flush();
    if (results.stream().anyMatch(result -> result.verdict() instanceof Verdict.Refuted)) {
      return 1;
    }
    return results.stream().allMatch(result -> result.verdict() instanceof Verdict.Proved)
        ? 0
        : Main.INCONCLUSIVE;
  }

  private int write(Specification specification, List<Theorem> theorems, Path folder) {
    try {
      Path twins = Files.createDirectories(folder.resolve("twins"));
      int files = 0;
      for (Theorem theorem : theorems) {
        Files.writeString(
            folder.resolve(theorem.name() + ".smt2"), specification.problem(theorem).file());
        files++;
        for (Twin twin : specification.twinsOf(theorem)) {
          Files.writeString(
              twins.resolve(theorem.name() + "." + twin.name() + ".smt2"),
              specification.problem(theorem, twin).file());
          files++;
        }
      }
      spec.commandLine().getOut().println("wrote " + files + " files to " + folder);
      return 0;
    } catch (IOException e) {
      throw new UnusableFile("--flatten: cannot write to " + folder + ": " + e.getMessage());
    }
  }
}
