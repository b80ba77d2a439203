package io.vtlb.conformance.cli;

import io.vtlb.conformance.bench.IngredientBenchmark;
import io.vtlb.conformance.bench.IngredientFaults;
import io.vtlb.conformance.bench.IngredientPlan;
import io.vtlb.conformance.bench.IngredientTrial;
import io.vtlb.conformance.bench.IngredientsJson;
import io.vtlb.conformance.bench.IngredientsText;
import io.vtlb.conformance.fault.Fault;
import io.vtlb.conformance.fault.FaultLibrary;
import io.vtlb.conformance.generate.Ingredient;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code vtlb bench ingredients}: what each ingredient of generated sequences is worth. */
@Command(
    name = "ingredients",
    mixinStandardHelpOptions = true,
    description = {
      "Measures what the ingredients of the generator are worth.",
      "For each ingredient and the faults that it is there to find: in what share of runs the fault is"
          + " found with all ingredients, and without this one. A run ends at the first failing"
          + " sequence.",
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:measured", "2:wrong usage"},
    footerHeading = "%nExamples:%n",
    footer = {
      "  vtlb bench ingredients",
      "  vtlb bench ingredients --ingredient shared-table --runs 50 --only",
      "  vtlb bench ingredients --fault invlpg-ignored --sequences 500",
      "  vtlb bench ingredients --json | jq '.trials[] | select(.with.share < 0.9)'",
    })
@SuppressWarnings("NullAway.Init") // picocli sets what is annotated
public final class BenchIngredientsCommand implements Callable<Integer> {

  private static final int MOST_RUNS = 10_000;
  private static final int MOST_SEQUENCES = 1_000_000;
  private static final int LONGEST = 10_000;
  private static final int MOST_JOBS = 256;

  @Spec private CommandSpec spec;

  @Option(
      names = "--fault",
      paramLabel = "NAME",
      split = ",",
      description = {
        "Faults to look for, with and without every ingredient (default: for each",
        "ingredient those that it is there to find).",
      })
  private List<String> faults = List.of();

  @Option(
      names = "--ingredient",
      paramLabel = "NAME",
      split = ",",
      converter = IngredientOption.One.class,
      description = "Ingredients to measure (default: all).")
  private List<Ingredient> ingredients = List.of();

  @Option(
      names = "--runs",
      paramLabel = "R",
      defaultValue = "20",
      description = "Runs of each, by one seed each (default: ${DEFAULT-VALUE}).")
  private int runs;

  @Option(
      names = "--sequences",
      paramLabel = "N",
      defaultValue = "5000",
      description = "Give up a run after N sequences (default: ${DEFAULT-VALUE}).")
  private int sequences;

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
      description = "The first seed; the others follow it (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(names = "--only", description = "Measure each ingredient without all the others, too.")
  private boolean only;

  @Option(
      names = "--jobs",
      paramLabel = "N",
      description = "Threads (default: one for each processor); no influence on the result.")
  private int jobs = Runtime.getRuntime().availableProcessors();

  @Option(names = "--json", description = "Print one JSON document and nothing else.")
  private boolean json;

  @Override
  public Integer call() {
    IngredientPlan plan = plan();
    List<IngredientTrial> trials;
    try (TerminalProgress progress =
        TerminalProgress.of("searching", "searches", IngredientBenchmark.searchesOf(plan), json)) {
      trials = new IngredientBenchmark(plan, progress).run();
    }
    PrintWriter out = spec.commandLine().getOut();
    out.print(
        json
            ? IngredientsJson.of(plan, trials).toPrettyString() + "\n"
            : IngredientsText.of(plan, trials));
    out.flush();
    return 0;
  }

  private IngredientPlan plan() {
    requireBetween("--runs", runs, MOST_RUNS);
    requireBetween("--sequences", sequences, MOST_SEQUENCES);
    requireBetween("--length", length, LONGEST);
    requireBetween("--jobs", jobs, MOST_JOBS);
    return new IngredientPlan(pairs(), runs, seed, sequences, length, only, jobs);
  }

  private List<IngredientPlan.Pair> pairs() {
    List<Ingredient> measured = ingredients.isEmpty() ? List.of(Ingredient.values()) : ingredients;
    List<Fault> named = faults.stream().map(this::fault).toList();
    List<IngredientPlan.Pair> pairs = new ArrayList<>();
    for (Ingredient ingredient : measured) {
      for (Fault fault : named.isEmpty() ? IngredientFaults.of(ingredient) : named) {
        pairs.add(new IngredientPlan.Pair(fault, ingredient));
      }
    }
    return pairs;
  }

  private Fault fault(String name) {
    return FaultLibrary.byName(name)
        .orElseThrow(() ->
            new ParameterException(
                spec.commandLine(),
                "there is no fault '" + name + "'; 'vtlb faults --list' names them"));
  }

  private void requireBetween(String option, int value, int most) {
    if (value < 1 || value > most) {
      throw new ParameterException(
          spec.commandLine(), "%s must be 1 to %d, not %d".formatted(option, most, value));
    }
  }
}
