package io.vtlb.conformance.bench;

import io.vtlb.conformance.fault.Fault;
import io.vtlb.conformance.generate.Ingredient;
import io.vtlb.conformance.verify.Progress;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Measures what ingredients are worth: in what share of runs a fault is found with all of them, and
 * with all but one.
 *
 * <p>The result depends on the seeds, not on the number of threads.
 */
public final class IngredientBenchmark {

  /** The sequences that one search took: with everything, and without or with each ingredient. */
  private record Searched(
      int with, Map<Ingredient, Integer> without, Map<Ingredient, Integer> alone) {}

  private final IngredientPlan plan;
  private final Progress progress;

  public IngredientBenchmark(IngredientPlan plan, Progress progress) {
    this.plan = plan;
    this.progress = progress;
  }

  /** How many searches a plan takes, each of one fault by one seed. */
  public static long searchesOf(IngredientPlan plan) {
    return (long) plan.faults().size() * plan.runs();
  }

  /** Measures every pair, in the order of the plan. */
  public List<IngredientTrial> run() {
    List<IngredientTrial> trials = new ArrayList<>(plan.pairs().size());
    try (ExecutorService workers =
        Executors.newFixedThreadPool(
            plan.jobs(), Thread.ofPlatform().daemon().name("vtlb-", 0).factory())) {
      Map<String, List<Future<Searched>>> searches = new HashMap<>();
      for (Fault fault : plan.faults()) {
        List<Future<Searched>> ofFault = new ArrayList<>(plan.runs());
        for (int run = 0; run < plan.runs(); run++) {
          long seed = plan.seed() + run;
          ofFault.add(workers.submit(() -> search(fault, seed)));
        }
        searches.put(fault.name(), ofFault);
      }
      long done = 0;
      Map<String, List<Searched>> ended = new HashMap<>();
      for (Fault fault : plan.faults()) {
        List<Searched> ofFault = new ArrayList<>(plan.runs());
        for (Future<Searched> search : searches.getOrDefault(fault.name(), List.of())) {
          ofFault.add(join(search));
          progress.at(++done, 0);
        }
        ended.put(fault.name(), ofFault);
      }
      for (IngredientPlan.Pair pair : plan.pairs()) {
        trials.add(trial(pair, ended.getOrDefault(pair.fault().name(), List.of())));
      }
    }
    return trials;
  }

  private Searched search(Fault fault, long seed) {
    FaultSearch search = new FaultSearch(fault, seed, plan);
    int with = search.first(Ingredient.all());
    Map<Ingredient, Integer> without = new EnumMap<>(Ingredient.class);
    Map<Ingredient, Integer> alone = new EnumMap<>(Ingredient.class);
    for (Ingredient ingredient : plan.ingredientsFor(fault)) {
      if (search.offers(ingredient)) {
        Set<Ingredient> others = EnumSet.complementOf(EnumSet.of(ingredient));
        without.put(ingredient, search.first(others));
        if (plan.alone()) {
          alone.put(ingredient, search.first(EnumSet.of(ingredient)));
        }
      }
    }
    return new Searched(with, without, alone);
  }

  private IngredientTrial trial(IngredientPlan.Pair pair, List<Searched> searches) {
    Ingredient ingredient = pair.ingredient();
    boolean offered = searches.stream().anyMatch(one -> one.without().containsKey(ingredient));
    return new IngredientTrial(
        pair,
        offered,
        new Finds(searches.stream().map(Searched::with).toList()),
        finds(searches.stream().map(Searched::without).toList(), ingredient),
        plan.alone()
            ? Optional.of(finds(searches.stream().map(Searched::alone).toList(), ingredient))
            : Optional.empty());
  }

  private static Finds finds(List<Map<Ingredient, Integer>> searches, Ingredient ingredient) {
    return new Finds(
        searches.stream()
            .flatMap(one -> Optional.ofNullable(one.get(ingredient)).stream())
            .toList());
  }

  private static Searched join(Future<Searched> search) {
    try {
      return search.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while searching", e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
    }
  }
}
