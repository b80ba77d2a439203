package io.vtlb.model.target;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vtlb.model.machine.AccessRights;
import io.vtlb.model.machine.PageSize;
import org.junit.jupiter.api.Test;

/** An active entry covers a run of pages. */
class ActiveEntryTest {

  private static final AccessRights READ = new AccessRights(true, false, false);

  @Test
  void aSmallEntryCoversOnePage() {
    ActiveEntry entry = new ActiveEntry(0x10, 1, 0x203, READ);
    assertFalse(entry.covers(0xF));
    assertTrue(entry.covers(0x10));
    assertFalse(entry.covers(0x11));
    assertEquals("page 0x10 -> host frame 0x203 r--", entry.toString());
  }

  @Test
  void anEntryOfTheUpperHalfHasANegativePage() {
    ActiveEntry entry = new ActiveEntry(-512, PageSize.LARGE_2M, 0x1000, READ);
    assertTrue(entry.covers(-1));
    assertFalse(entry.covers(0));
    assertEquals(0x11FF, entry.hostFrame(-1));
  }

  @Test
  void anEntryMayHaveAKey() {
    assertEquals(ActiveEntry.NO_KEY, new ActiveEntry(0x10, 1, 0x203, READ).key());
    assertEquals(
        "page 0x10 -> host frame 0x203 r-- key 0",
        new ActiveEntry(0x10, 1, 0x203, READ, 0).toString());
  }

  @Test
  void aLargeEntryCoversItsRunFrameByFrame() {
    ActiveEntry entry = new ActiveEntry(0x400, PageSize.LARGE_4M, 0x2000, READ);
    assertFalse(entry.covers(0x3FF));
    assertTrue(entry.covers(0x7FF));
    assertFalse(entry.covers(0x800));
    assertEquals(0x2000, entry.hostFrame(0x400));
    assertEquals(0x23FF, entry.hostFrame(0x7FF));
    assertEquals("page 0x400 (+1023) -> host frame 0x2000 r--", entry.toString());
  }
}
