package io.vtlb.implementation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.vtlb.model.machine.PrivilegeSet;
import io.vtlb.model.machine.Vcpu;
import io.vtlb.model.target.ActiveEntry;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the active structure lists, and when it lists anew. */
class ActiveStructureTest {

  private final ActiveStructure structure = new ActiveStructure(PrivilegeSet.USER);
  private final PendingDrops drops = PendingDrops.everywhere(new Vcpu(0, 0));

  @Test
  void theListIsTheSameUntilAnEntryChanges() {
    structure.install(7, EntryBits.of(9, EntryBits.READ, Span.BASE), drops);
    Collection<ActiveEntry> before = structure.listed();
    structure.install(
        7, EntryBits.of(9, EntryBits.READ, Span.BASE, Span.LARGE_4M, ActiveEntry.NO_KEY), drops);
    structure.remove(8, drops);
    assertSame(before, structure.listed());
    structure.remove(7, drops);
    assertNotSame(before, structure.listed());
    assertEquals(1, before.size());
    assertEquals(List.of(), structure.listed());
  }

  @Test
  void entriesSurviveGrowthAndTheRemovalOfOthers() {
    for (int page = 0; page < 1000; page++) {
      structure.install(page * 3L, EntryBits.of(page, EntryBits.READ, Span.BASE), drops);
    }
    for (int page = 0; page < 1000; page += 2) {
      structure.remove(page * 3L, drops);
    }
    assertEquals(500, structure.listed().size());
    for (int page = 0; page < 1000; page++) {
      long expected = page % 2 == 0 ? 0 : page;
      assertEquals(expected, EntryBits.hostFrame(structure.covering(page * 3L)));
    }
  }

  @Test
  void aLargeEntryAndTheSmallOnesOfItsRegionExcludeEachOther() {
    structure.install(1024, EntryBits.of(1, EntryBits.READ, Span.BASE), drops);
    structure.install(2047, EntryBits.of(2, EntryBits.READ, Span.BASE), drops);
    structure.install(2048, EntryBits.of(3, EntryBits.READ, Span.BASE), drops);
    structure.install(1024, EntryBits.of(4, EntryBits.READ, Span.LARGE_4M), drops);
    assertEquals(2, structure.listed().size());
    structure.install(1500, EntryBits.of(5, EntryBits.READ, Span.BASE), drops);
    assertEquals(2, structure.listed().size());
    assertEquals(EntryBits.NONE, structure.covering(1024));
  }
}
