package io.vtlb.conformance.verify;

import io.vtlb.conformance.generate.Ingredient;
import io.vtlb.conformance.run.RunOutcome;
import java.util.Set;

/**
 * How a sequence of a run ended.
 *
 * @param ingredients those that it has
 */
public record Played(Set<Ingredient> ingredients, RunOutcome outcome) {

  public Played {
    ingredients = Set.copyOf(ingredients);
  }
}
