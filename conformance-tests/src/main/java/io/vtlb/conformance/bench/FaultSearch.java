package io.vtlb.conformance.bench;

import io.vtlb.conformance.fault.Fault;
import io.vtlb.conformance.generate.Ingredient;
import io.vtlb.conformance.generate.ModeChoice;
import io.vtlb.conformance.generate.SequenceGenerator;
import io.vtlb.conformance.run.RunOutcome;
import io.vtlb.conformance.run.SequenceRun;
import io.vtlb.conformance.run.StepListener;
import io.vtlb.model.rule.Rule;
import io.vtlb.model.target.Description;
import io.vtlb.model.trace.Sequence;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.Set;

/**
 * The search for one fault with the sequences of one seed.
 *
 * <p>A sequence that has not drawn an ingredient is the same without it, so what became of it with
 * all ingredients is looked up.
 */
final class FaultSearch {

  /** What {@link #first} answers where nothing was found. */
  static final int NEVER = Integer.MAX_VALUE;

  private final Fault fault;
  private final long seed;
  private final IngredientPlan plan;
  private final Description target;
  private final SequenceGenerator all;
  private final BitSet known = new BitSet();
  private final BitSet failing = new BitSet();

  FaultSearch(Fault fault, long seed, IngredientPlan plan) {
    this.fault = fault;
    this.seed = seed;
    this.plan = plan;
    this.target = fault.target().describe();
    this.all = generator(Ingredient.all());
  }

  /** True if the fault's target can be given an ingredient. */
  boolean offers(Ingredient ingredient) {
    return ingredient.fits(target.features());
  }

  /** How many sequences it takes to find the fault with some ingredients, or {@link #NEVER}. */
  int first(Set<Ingredient> ingredients) {
    SequenceGenerator generator = generator(ingredients);
    for (int number = 0; number < plan.sequences(); number++) {
      boolean same = ingredients.containsAll(all.drawn(number));
      if (same ? failsWithAll(number) : fails(generator.sequence(number))) {
        return number + 1;
      }
    }
    return NEVER;
  }

  private SequenceGenerator generator(Set<Ingredient> ingredients) {
    return SequenceGenerator.fitting(target, seed, plan.length(), ModeChoice.MIXED, ingredients);
  }

  private boolean failsWithAll(int number) {
    if (!known.get(number)) {
      known.set(number);
      failing.set(number, fails(all.sequence(number)));
    }
    return failing.get(number);
  }

  private boolean fails(Sequence sequence) {
    RunOutcome outcome =
        SequenceRun.of(sequence, fault.target(), EnumSet.allOf(Rule.class), StepListener.NONE);
    return !(outcome instanceof RunOutcome.Conforms);
  }
}
