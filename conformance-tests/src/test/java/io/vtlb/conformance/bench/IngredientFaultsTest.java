package io.vtlb.conformance.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vtlb.conformance.generate.Ingredient;
import java.util.HashSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The faults that ingredients are measured by. */
class IngredientFaultsTest {

  /** Looking them up throws if the library has none of a name. */
  @ParameterizedTest
  @EnumSource
  void everyFaultIsInTheLibraryAndNamedOnce(Ingredient ingredient) {
    assertEquals(
        IngredientFaults.of(ingredient).size(),
        new HashSet<>(IngredientFaults.of(ingredient)).size());
  }
}
