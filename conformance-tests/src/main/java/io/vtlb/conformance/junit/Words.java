package io.vtlb.conformance.junit;

import io.vtlb.conformance.generate.Ingredient;
import io.vtlb.conformance.generate.ModeChoice;
import io.vtlb.conformance.verify.Strategy;
import io.vtlb.model.rule.Rule;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The words that options take, as errors list them. */
final class Words {

  private Words() {}

  static String modes() {
    return listed(ModeChoice.values(), ModeChoice::word);
  }

  static String strategies() {
    return listed(Strategy.values(), Strategy::word);
  }

  static String rules() {
    return listed(Rule.values(), Rule::id);
  }

  static String ingredients() {
    return listed(Ingredient.values(), Ingredient::word);
  }

  private static <T> String listed(T[] values, Function<T, String> word) {
    return Stream.of(values).map(word).collect(Collectors.joining(", "));
  }
}
