package io.vtlb.conformance.junit;

import io.vtlb.conformance.generate.Ingredient;
import io.vtlb.conformance.generate.ModeChoice;
import io.vtlb.conformance.verify.Strategy;
import java.util.Set;

/**
 * Which sequences are run.
 *
 * @param sequences how many are drawn, if the strategy draws any
 * @param length operations in each of those
 */
record Generation(
    ModeChoice mode,
    Strategy strategy,
    long sequences,
    long seed,
    int length,
    Set<Ingredient> ingredients) {

  static final Generation USUAL =
      new Generation(ModeChoice.MIXED, Strategy.ALL, 10_000, 1, 40, Ingredient.all());

  Generation mode(ModeChoice other) {
    return new Generation(other, strategy, sequences, seed, length, ingredients);
  }

  Generation strategy(Strategy other) {
    return new Generation(mode, other, sequences, seed, length, ingredients);
  }

  Generation sequences(long other) {
    return new Generation(mode, strategy, other, seed, length, ingredients);
  }

  Generation seed(long other) {
    return new Generation(mode, strategy, sequences, other, length, ingredients);
  }

  Generation length(int other) {
    return new Generation(mode, strategy, sequences, seed, other, ingredients);
  }

  Generation ingredients(Set<Ingredient> other) {
    return new Generation(mode, strategy, sequences, seed, length, other);
  }

  /** How many sequences are drawn. */
  long drawn() {
    return strategy.draws() ? sequences : 0;
  }

  /** What decides the run, in words. */
  String words() {
    return "mode %s, strategy %s, seed %d, %d sequences of %d operations"
        .formatted(mode.word(), strategy.word(), seed, drawn(), length);
  }
}
