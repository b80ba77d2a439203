package io.vtlb.conformance.generate;

import io.vtlb.model.trace.Sequence;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * A sequence, and what it was made with.
 *
 * @param ingredients those whose steps it has from the first to the last, in the order of reports
 */
public record GeneratedSequence(Sequence sequence, Set<Ingredient> ingredients) {

  public GeneratedSequence {
    Set<Ingredient> ordered = EnumSet.noneOf(Ingredient.class);
    ordered.addAll(ingredients);
    ingredients = Collections.unmodifiableSet(ordered);
  }
}
