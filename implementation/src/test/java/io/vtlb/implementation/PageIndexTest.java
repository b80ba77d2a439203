package io.vtlb.implementation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The index answers as a {@link HashMap} does. */
class PageIndexTest {

  @Test
  void agreesWithAHashMapOverRandomHistories() {
    Random random = new Random(1);
    for (int history = 0; history < 200; history++) {
      PageIndex index = new PageIndex();
      Map<Long, Integer> expected = new HashMap<>();
      int keys = 1 << random.nextInt(1, 12);
      for (int step = 0; step < 500; step++) {
        long key = random.nextLong(-keys, keys) * (1L << random.nextInt(0, 40));
        if (random.nextInt(3) == 0) {
          index.remove(key);
          expected.remove(key);
        } else {
          index.put(key, step);
          expected.put(key, step);
        }
        assertEquals(expected.getOrDefault(key, PageIndex.ABSENT), index.slot(key));
      }
      expected.forEach((key, slot) -> assertEquals(slot, index.slot(key)));
    }
  }
}
