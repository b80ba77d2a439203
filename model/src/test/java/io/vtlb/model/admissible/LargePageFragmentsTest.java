package io.vtlb.model.admissible;

import static io.vtlb.model.guest.ExampleGuest.FRAME;
import static io.vtlb.model.guest.ExampleGuest.LARGE_FRAME;
import static io.vtlb.model.guest.ExampleGuest.OTHER_LARGE_FRAME;
import static io.vtlb.model.guest.ExampleGuest.OTHER_TABLE;
import static io.vtlb.model.guest.ExampleGuest.ROOT;
import static io.vtlb.model.guest.ExampleGuest.page;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vtlb.model.paging.Translation;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * A 4 MiB page may be cached as many entries for base pages (Intel SDM vol. 3, 4.10.2.3 and
 * 4.10.4.1).
 */
class LargePageFragmentsTest {

  private static final long FIRST = page(1, 0);
  private static final long SECOND = page(1, 1);

  private final CachedGuest cached = new CachedGuest();

  LargePageFragmentsTest() {
    cached.entry(ROOT, 1, LARGE_FRAME, "PWUAL");
  }

  @Test
  void invalidatePageForgetsAllFragmentsWhileTheTablesMapALargePage() {
    cached.entry(ROOT, 1, OTHER_LARGE_FRAME, "PWUAL");
    cached.invalidatePage(page(1, 5));
    assertEquals(Set.of(OTHER_LARGE_FRAME), cached.frames(FIRST));
    assertEquals(Set.of(OTHER_LARGE_FRAME + 1), cached.frames(SECOND));
  }

  @Test
  void invalidatePageForgetsOneFragmentIfTheTablesMapASmallPage() {
    cached.entry(OTHER_TABLE, 0, FRAME, "PWUA").entry(ROOT, 1, OTHER_TABLE, "PWUA");
    List<Translation> gone = cached.invalidatePage(FIRST);
    assertEquals(List.of(1), gone.stream().map(Translation::pages).toList());
    assertEquals(Set.of(FRAME), cached.frames(FIRST));
    assertEquals(Set.of(LARGE_FRAME + 1), cached.frames(SECOND));
  }

  @Test
  void invalidatePageForgetsOneFragmentIfTheTablesMapNothing() {
    cached.clear(ROOT, 1).invalidatePage(FIRST);
    assertEquals(Set.of(), cached.frames(FIRST));
    assertEquals(Set.of(LARGE_FRAME + 1), cached.frames(SECOND));
  }

  @Test
  void aDeliveredFaultForgetsOneFragment() {
    cached.entry(ROOT, 1, OTHER_LARGE_FRAME, "PUAL").deliverFault(FIRST);
    assertEquals(Set.of(OTHER_LARGE_FRAME), cached.frames(FIRST));
    assertEquals(Set.of(LARGE_FRAME + 1, OTHER_LARGE_FRAME + 1), cached.frames(SECOND));
  }

  @Test
  void aSmallPageInsideALargeOneIsInvalidatedByItsOwnName() {
    cached.entry(ROOT, 1, OTHER_TABLE, "PWUA").entry(OTHER_TABLE, 1, FRAME, "PWUA");
    cached.clear(OTHER_TABLE, 1).entry(ROOT, 1, LARGE_FRAME, "PWUAL");
    cached.invalidatePage(FIRST);
    assertEquals(Set.of(LARGE_FRAME + 1, FRAME), cached.frames(SECOND));
    cached.invalidatePage(SECOND);
    assertEquals(Set.of(LARGE_FRAME + 1), cached.frames(SECOND));
  }

  @Test
  void aLargePageHeldInPartIsWholeAgainOnceItIsRefilled() {
    Translation large = cached.admissible().at(FIRST).getFirst();
    assertTrue(cached.admissible().holdsWhole(large));
    cached.clear(ROOT, 1).invalidatePage(FIRST);
    assertFalse(cached.admissible().holdsWhole(large));
    cached.entry(ROOT, 1, LARGE_FRAME, "PWUAL");
    assertTrue(cached.admissible().holdsWhole(large));
    assertEquals(Set.of(LARGE_FRAME), cached.frames(FIRST));
  }

  @Test
  void aHoleIsRefilledByTheSameTranslationOnly() {
    cached.clear(ROOT, 1).invalidatePage(FIRST);
    cached.entry(ROOT, 1, LARGE_FRAME, "PWUADL");
    assertEquals(1, cached.admissible().at(FIRST).size());
    assertEquals(2, cached.admissible().at(SECOND).size());
  }
}
