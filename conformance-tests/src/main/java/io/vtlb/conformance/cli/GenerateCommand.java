package io.vtlb.conformance.cli;

import io.vtlb.conformance.report.GenerationReport;
import io.vtlb.conformance.scenario.GeneratedFiles;
import io.vtlb.specs.generate.Generation;
import io.vtlb.specs.generate.GoalPattern;
import io.vtlb.specs.generate.ScenarioFile;
import io.vtlb.specs.generate.SearchProgress;
import io.vtlb.specs.generate.SolverLimit;
import io.vtlb.specs.proof.SolverMissing;
import io.vtlb.specs.smt.MalformedSpecification;
import io.vtlb.specs.smt.Specification;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code vtlb generate}: event sequences from the specification, found by a solver. */
@Command(
    name = "generate",
    mixinStandardHelpOptions = true,
    description = {
      "Finds a shortest event sequence into each cell, or into those asked for, or shows that there"
          + " is none up to a length.",
      "A cell is EVENT/CAUSE/ENTRY/SET/EDIT/SIZE, for example"
          + " store-fault/inconsistency/stale/user/moved/4k. In a goal each word may be *, and"
          + " words at the end may be left out."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:every goal has a sequence",
      "1:there is none for a goal up to the bound",
      "2:wrong usage, a malformed file, a folder that cannot be written, or no solver",
      "3:the solver gave up",
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  vtlb generate --strategy smt --cover store-fault/inconsistency/stale/user --out found",
      "  vtlb generate --cover 'invlpg-event/*/excessive' --world two-level --out found",
      "  vtlb generate --set-only --out specs/src/main/resources/io/vtlb/specs/generate",
    })
@SuppressWarnings("NullAway.Init") // picocli sets what is annotated
public final class GenerateCommand implements Callable<Integer> {

  private static final int LONGEST = 12;
  private static final int MOST_SECONDS = 86_400;

  @Spec private CommandSpec spec;

  @Option(
      names = "--strategy",
      paramLabel = "S",
      defaultValue = "smt",
      description = "Only smt generates files: a solver's sequences (default: ${DEFAULT-VALUE}).")
  private String strategy;

  @Option(
      names = "--cover",
      paramLabel = "GOAL",
      arity = "1..*",
      description = "Cells to reach (default: all).")
  private List<String> cover = List.of();

  @Option(
      names = "--world",
      paramLabel = "W",
      description = "One small world: two-level or four-level (default: both).")
  private List<String> worlds = Specification.smallWorldNames();

  @Option(
      names = "--bound",
      paramLabel = "N",
      description = "The most operations that a sequence may have (default: ${DEFAULT-VALUE}).")
  private int bound = Generation.USUAL_BOUND;

  @Option(
      names = "--timeout",
      paramLabel = "S",
      description = "How many seconds one question to the solver may take (default: 600).")
  private int timeout = 600;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description = "Where files go; made if it is not there.")
  private Path out;

  @Option(
      names = "--set-only",
      description = "Write the set of each world, with predictions, and no traces for replay.")
  private boolean setOnly;

  @Option(names = "--json", description = "Print one JSON document and nothing else.")
  private boolean json;

  @Override
  public Integer call() {
    check();
    List<GoalPattern> goals = goals();
    makeFolder();
    try {
      long start = System.nanoTime();
      List<ScenarioFile> files = generate(goals);
      GenerationReport report =
          new GenerationReport(files, goals, (System.nanoTime() - start) / 1_000_000);
      PrintWriter to = spec.commandLine().getOut();
      to.print(json ? report.json().toPrettyString() + "\n" : report.text(out));
      to.flush();
      return report.everyGoalHasOne() ? 0 : 1;
    } catch (MalformedSpecification | SolverMissing e) {
      throw new UnusableFile(String.valueOf(e.getMessage()));
    } catch (SolverLimit e) {
      spec.commandLine()
          .getErr()
          .println("vtlb: " + e.getMessage() + "; give a longer --timeout or a smaller --bound");
      return Main.INCONCLUSIVE;
    }
  }

  private void check() {
    require(!setOnly || cover.isEmpty(), "--set-only writes sets of all cells; leave out --cover");
    require(strategy.equals("smt"), "--strategy must be smt here, not " + strategy);
    require(bound >= 1 && bound <= LONGEST, "--bound must be 1 to " + LONGEST + ", not " + bound);
    require(
        timeout >= 1 && timeout <= MOST_SECONDS,
        "--timeout must be 1 to " + MOST_SECONDS + ", not " + timeout);
    for (String world : worlds) {
      require(
          Specification.smallWorldNames().contains(world),
          "--world must be one of %s, not %s"
              .formatted(String.join(", ", Specification.smallWorldNames()), world));
    }
  }

  private List<GoalPattern> goals() {
    List<GoalPattern> goals = new ArrayList<>();
    for (String goal : cover) {
      try {
        goals.add(GoalPattern.of(goal));
      } catch (IllegalArgumentException e) {
        throw new ParameterException(spec.commandLine(), "--cover: " + e.getMessage());
      }
    }
    return goals;
  }

  private void require(boolean condition, String otherwise) {
    if (!condition) {
      throw new ParameterException(spec.commandLine(), otherwise);
    }
  }

  /** Said before a long search, not after it. */
  private void makeFolder() {
    try {
      Files.createDirectories(out);
    } catch (IOException e) {
      throw new UnusableFile("--out: cannot make the folder " + out + ": " + e.getMessage());
    }
    if (!Files.isWritable(out)) {
      throw new UnusableFile("--out: cannot write to the folder " + out);
    }
  }

  /** Each world by a solver of its own. */
  private List<ScenarioFile> generate(List<GoalPattern> goals) {
    Map<String, Integer> cells = new ConcurrentHashMap<>();
    try (TerminalProgress bar = TerminalProgress.of("generating", "cells", -1, json);
        ExecutorService solvers =
            Executors.newFixedThreadPool(
                worlds.size(), Thread.ofPlatform().daemon().name("solver-", 0).factory())) {
      SearchProgress progress =
          (world, length, reached) -> {
            cells.put(world, reached);
            synchronized (bar) {
              bar.at(cells.values().stream().mapToInt(Integer::intValue).sum(), 0);
            }
          };
      Specification specification = Specification.load();
      List<Future<ScenarioFile>> searches =
          worlds.stream()
              .distinct()
              .map(world ->
                  solvers.submit(() -> written(search(specification, world, goals, progress))))
              .toList();
      return searches.stream().map(GenerateCommand::join).toList();
    }
  }

  private ScenarioFile search(
      Specification specification, String world, List<GoalPattern> goals, SearchProgress progress) {
    return new Generation(specification, world, bound, timeout * 1000).run(goals, progress);
  }

  private static ScenarioFile join(Future<ScenarioFile> search) {
    try {
      return search.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a solver was searching", e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
    }
  }

  /** Each as soon as it is found, so that a world that takes too long loses no other's. */
  private ScenarioFile written(ScenarioFile file) {
    try {
      GeneratedFiles.write(file, out, cover.isEmpty(), !setOnly);
      return file;
    } catch (IOException e) {
      throw new UnusableFile("--out: cannot write to " + out + ": " + e.getMessage());
    }
  }
}
