package io.vtlb.conformance.generate;

import java.util.EnumSet;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Decides which ingredients a sequence is made with, by its number.
 *
 * <p>Every ingredient is drawn whether it is allowed or not: without one of them, the sequences
 * that had not drawn it stay the same.
 */
final class IngredientDraw {

  /** Keeps the draw apart from the choices inside the sequence. */
  private static final long STREAM = 0x1F0D_5EEDL;

  /** So many of a hundred sequences are plain. */
  private static final int PLAIN = 25;

  private IngredientDraw() {}

  static Set<Ingredient> of(long seed, long number) {
    SplittableRandom choices = Seeds.forSequence(seed ^ STREAM, number);
    Set<Ingredient> drawn = EnumSet.noneOf(Ingredient.class);
    if (choices.nextInt(100) >= PLAIN) {
      for (Ingredient ingredient : Ingredient.values()) {
        if (choices.nextInt(100) < ingredient.percent()) {
          drawn.add(ingredient);
        }
      }
    }
    return drawn;
  }
}
