package io.vtlb.conformance.verify;

import io.vtlb.conformance.generate.Ingredient;
import io.vtlb.model.monitor.Tally;
import io.vtlb.model.rule.Rule;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/**
 * How often each rule was exercised in the sequences that have an ingredient, for each of them, and
 * in those that have none.
 *
 * <p>A sequence of several ingredients counts for all of them.
 */
public final class Coverage {

  private static final class Share {

    private final Tally tally = new Tally();
    private long sequences;

    void add(Tally more) {
      tally.add(more);
      sequences++;
    }
  }

  private final Map<Ingredient, Share> shares = new EnumMap<>(Ingredient.class);
  private final Share plain = new Share();

  void add(Set<Ingredient> ingredients, Tally tally) {
    if (ingredients.isEmpty()) {
      plain.add(tally);
    }
    for (Ingredient ingredient : ingredients) {
      shares.computeIfAbsent(ingredient, unseen -> new Share()).add(tally);
    }
  }

  /** How many sequences have an ingredient. */
  public long sequences(Ingredient ingredient) {
    Share share = shares.get(ingredient);
    return share == null ? 0 : share.sequences;
  }

  /** How often a rule was exercised in the sequences that have an ingredient. */
  public long exercised(Rule rule, Ingredient ingredient) {
    Share share = shares.get(ingredient);
    return share == null ? 0 : share.tally.exercised(rule);
  }

  /** How many sequences have no ingredient at all. */
  public long plainSequences() {
    return plain.sequences;
  }

  /** How often a rule was exercised in the sequences without any. */
  public long plainExercised(Rule rule) {
    return plain.tally.exercised(rule);
  }
}
