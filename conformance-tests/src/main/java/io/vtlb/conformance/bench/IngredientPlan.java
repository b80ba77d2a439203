package io.vtlb.conformance.bench;

import io.vtlb.conformance.fault.Fault;
import io.vtlb.conformance.generate.Ingredient;
import java.util.List;

/**
 * What the benchmark of the ingredients runs.
 *
 * @param pairs faults, each with an ingredient that may help to find it
 * @param runs how many seeds each is tried with
 * @param seed the first of them
 * @param sequences how many sequences a run has to find the fault
 * @param length operations in each sequence
 * @param alone true if each ingredient is also tried without all the others
 * @param jobs threads
 */
public record IngredientPlan(
    List<Pair> pairs, int runs, long seed, int sequences, int length, boolean alone, int jobs) {

  /** A fault, and an ingredient that may help to find it. */
  public record Pair(Fault fault, Ingredient ingredient) {}

  public IngredientPlan {
    pairs = List.copyOf(pairs);
  }

  /** The faults, each once. */
  List<Fault> faults() {
    return pairs.stream().map(Pair::fault).distinct().toList();
  }

  /** The ingredients that a fault is tried with and without. */
  List<Ingredient> ingredientsFor(Fault fault) {
    return pairs.stream()
        .filter(pair -> pair.fault() == fault)
        .map(Pair::ingredient)
        .distinct()
        .toList();
  }
}
