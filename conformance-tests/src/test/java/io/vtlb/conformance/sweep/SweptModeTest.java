package io.vtlb.conformance.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vtlb.model.paging.PagingMode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is swept, as numbers: they are public, in docs/sweep.md. */
class SweptModeTest {

  static final List<SweptMode> ALL =
      List.of(SweptMode.twoLevel(), SweptMode.pae(), SweptMode.fourLevel(), SweptMode.fiveLevel());

  @Test
  void theTotalsAreThoseOfTheDocumentation() {
    assertEquals(
        List.of(4_056_000L, 39_571_560L, 565_459_200L, 570_326_400L),
        ALL.stream().map(SweptMode::combinations).toList());
  }

  @Test
  void sectionsAddUpToTheMode() {
    for (SweptMode mode : ALL) {
      long sum = 0;
      for (Section section : Section.values()) {
        sum += mode.combinations(section);
      }
      assertEquals(mode.combinations(), sum);
    }
  }

  @Test
  void aNumberNamesAPlaceInOneSpace() {
    for (SweptMode mode : ALL) {
      for (int i = 0; i < mode.spaces().size(); i++) {
        long first = mode.first(i);
        long last = first + mode.spaces().get(i).combinations() - 1;
        assertSame(mode.spaces().get(i), mode.space(first));
        assertSame(mode.spaces().get(i), mode.space(last));
        assertEquals(0, mode.inSpace(first));
        assertEquals(last - first, mode.inSpace(last));
      }
      assertThrows(IllegalArgumentException.class, () -> mode.space(mode.combinations()));
      assertThrows(IllegalArgumentException.class, () -> mode.space(-1));
    }
  }

  @Test
  void modesAreToldApart() {
    Set<Long> fingerprints = new HashSet<>();
    ALL.forEach(mode -> fingerprints.add(mode.fingerprint()));
    assertEquals(ALL.size(), fingerprints.size());
    assertEquals(SweptMode.pae().fingerprint(), SweptMode.pae().fingerprint());
  }

  @Test
  void controlStatesAreInTheModeThatIsSwept() {
    for (SweptMode mode : ALL) {
      for (Space space : mode.spaces()) {
        assertEquals(mode.mode(), PagingMode.of(space.control()));
        assertTrue(mode.mode().isCanonical(space.address()));
        assertTrue(space.accesses().stream().allMatch(one -> one.set().exists(space.control())));
      }
    }
  }
}
