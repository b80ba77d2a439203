package io.vtlb.model.target;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a target declares of itself. */
class DescriptionTest {

  @ParameterizedTest
  @CsvSource({
    "PREFETCH, false",
    "SHARING, false",
    "RECYCLING, false",
    "INTERCEPTS_PRIVILEGE_CHANGES, true",
    "EVENTS_FLUSH_PROCESSOR, true",
    "FOREIGN_STORES, true"
  })
  void isStrictUnlessItTouchesOtherEntries(Feature feature, boolean strict) {
    Description description =
        new Description("any", ObservationLevel.ACTIVE_STRUCTURE, Set.of(feature));
    assertEquals(strict, description.strict());
    assertTrue(description.has(feature));
  }

  @Test
  void eachLevelShowsWhatTheOnesBeforeItShow() {
    for (ObservationLevel one : ObservationLevel.values()) {
      for (ObservationLevel other : ObservationLevel.values()) {
        assertEquals(one.number() >= other.number(), one.shows(other));
      }
    }
  }
}
