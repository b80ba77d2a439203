package io.vtlb.conformance.generate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vtlb.model.target.Feature;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How ingredients are named and drawn. */
class IngredientTest {

  private static final int SEQUENCES = 500;

  private static SequenceGenerator with(Set<Ingredient> ingredients) {
    return new SequenceGenerator(
        3, 40, ModeChoice.MIXED, EnumSet.allOf(Feature.class), ingredients);
  }

  @Test
  void namesAreWordsWithHyphensAndLeadBack() {
    Set<String> words = new HashSet<>();
    for (Ingredient ingredient : Ingredient.values()) {
      assertTrue(ingredient.word().matches("[a-z]+(-[a-z]+)+"), ingredient.word());
      assertTrue(words.add(ingredient.word()));
      assertEquals(Optional.of(ingredient), Ingredient.ofWord(ingredient.word()));
      assertTrue(ingredient.description().endsWith("."));
      assertFalse(ingredient.defects().isEmpty());
    }
    assertEquals(Optional.empty(), Ingredient.ofWord("SHARED_TABLE"));
  }

  @ParameterizedTest
  @EnumSource
  void withoutAnIngredientTheSequencesThatHadNotDrawnItStayTheSame(Ingredient left) {
    SequenceGenerator all = with(Ingredient.all());
    SequenceGenerator others = with(EnumSet.complementOf(EnumSet.of(left)));
    int same = 0;
    for (int number = 0; number < SEQUENCES; number++) {
      if (all.drawn(number).contains(left)) {
        assertFalse(others.generated(number).ingredients().contains(left));
      } else {
        assertEquals(all.generated(number), others.generated(number));
        same++;
      }
    }
    assertTrue(same > SEQUENCES / 2 && same < SEQUENCES, "same: " + same);
  }

  @Test
  void theSequenceDoesNotDependOnHowItIsAskedFor() {
    for (int number = 0; number < SEQUENCES; number++) {
      GeneratedSequence one = with(Ingredient.all()).generated(number);
      assertEquals(one, with(Ingredient.all()).generated(number));
      assertEquals(one.sequence(), with(Ingredient.all()).sequence(number));
      assertTrue(with(Ingredient.all()).drawn(number).containsAll(one.ingredients()));
    }
  }

  @Test
  void noneMeansNone() {
    SequenceGenerator none = with(EnumSet.noneOf(Ingredient.class));
    for (int number = 0; number < SEQUENCES; number++) {
      assertTrue(none.generated(number).ingredients().isEmpty());
    }
  }

  @Test
  void someSequencesArePlainAndSomeHaveSeveral() {
    int plain = 0;
    int several = 0;
    for (int number = 0; number < SEQUENCES; number++) {
      int count = with(Ingredient.all()).generated(number).ingredients().size();
      plain += count == 0 ? 1 : 0;
      several += count > 1 ? 1 : 0;
    }
    assertTrue(plain > SEQUENCES / 6 && several > SEQUENCES / 6, plain + " " + several);
  }
}
