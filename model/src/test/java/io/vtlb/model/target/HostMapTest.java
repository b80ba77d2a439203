package io.vtlb.model.target;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vtlb.model.operation.HostOperation;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A host map answers in both directions, at the edges of its ranges. */
class HostMapTest {

  private final HostMap map =
      new HostMap(List.of(new HostRange(0, 0x100, 4), new HostRange(8, 0x104, 2)));

  @Test
  void mapsEachRangeFromItsFirstFrameToItsLast() {
    assertEquals(0x100, map.hostFrame(0));
    assertEquals(0x103, map.hostFrame(3));
    assertEquals(HostMap.NO_FRAME, map.hostFrame(4));
    assertEquals(HostMap.NO_FRAME, map.hostFrame(7));
    assertEquals(0x104, map.hostFrame(8));
    assertEquals(0x105, map.hostFrame(9));
    assertEquals(HostMap.NO_FRAME, map.hostFrame(10));
  }

  @Test
  void mapsBack() {
    assertEquals(HostMap.NO_FRAME, map.guestFrame(0xFF));
    assertEquals(0, map.guestFrame(0x100));
    assertEquals(3, map.guestFrame(0x103));
    assertEquals(8, map.guestFrame(0x104));
    assertEquals(HostMap.NO_FRAME, map.guestFrame(0x106));
  }

  @Test
  void aRunOverTwoRangesIsNotContiguousThoughTheHostFramesAre() {
    assertTrue(map.contiguous(0, 4));
    assertTrue(map.contiguous(1, 3));
    assertFalse(map.contiguous(0, 5));
    assertFalse(map.contiguous(3, 6));
    assertFalse(map.contiguous(5, 1));
  }

  @Test
  void aMapOfNothingMapsNothing() {
    HostMap empty = new HostMap(List.of());
    assertEquals(HostMap.NO_FRAME, empty.hostFrame(0));
    assertEquals(HostMap.NO_FRAME, empty.guestFrame(0));
    assertFalse(empty.contiguous(0, 1));
  }

  @Test
  void followsWhatTheHostDoes() {
    HostMap moved = map.after(new HostOperation.MoveFrames(0, 8, 0x200, 1));
    assertEquals(0x200, moved.hostFrame(8));
    assertEquals(0x105, moved.hostFrame(9));
    HostMap unmapped = moved.after(new HostOperation.UnmapFrames(0, 1, 2));
    assertEquals(HostMap.NO_FRAME, unmapped.hostFrame(2));
    HostMap mapped = unmapped.after(new HostOperation.MapFrames(0, 2, 0x300, 1));
    assertEquals(0x300, mapped.hostFrame(2));
    HostMap protectedNow = mapped.after(new HostOperation.ProtectFrames(0, 9, 1, true));
    assertTrue(protectedNow.readOnly(9));
    assertFalse(protectedNow.readOnly(8));
  }

  @Test
  void whatMovesNoMemoryLeavesItAlone() {
    List.of(
            new HostOperation.ResizePages(0, 0, 4, 512),
            new HostOperation.StartDirtyLog(0),
            new HostOperation.HarvestDirtyLog(0),
            new HostOperation.CreateMachine(0),
            new HostOperation.DestroyMachine(0))
        .forEach(operation -> assertEquals(map, map.after(operation)));
  }

  @Test
  void aRangeHasFramesFromZero() {
    assertThrows(IllegalArgumentException.class, () -> new HostRange(-1, 0, 1));
    assertThrows(IllegalArgumentException.class, () -> new HostRange(0, -1, 1));
    assertThrows(IllegalArgumentException.class, () -> new HostRange(0, 0, 0));
  }
}
