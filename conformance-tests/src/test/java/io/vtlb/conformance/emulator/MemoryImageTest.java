package io.vtlb.conformance.emulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class MemoryImageTest {

  @Test
  void whatIsWrittenIsReadAtEveryAlignmentAndWidth() {
    for (int bytes = 1; bytes <= Long.BYTES; bytes++) {
      for (int offset = 0; offset < Long.BYTES; offset++) {
        MemoryImage image = new MemoryImage(List.of(new Word(0, -1), new Word(8, -1)));
        long value = 0x1122_3344_5566_7788L & (-1L >>> (Long.SIZE - bytes * Byte.SIZE));
        image.write(offset, bytes, 0x1122_3344_5566_7788L);
        assertEquals(value, image.read(offset, bytes), bytes + " at " + offset);
        for (int other = 0; other < 16; other++) {
          if (other < offset || other >= offset + bytes) {
            assertEquals(0xFF, image.read(other, 1), bytes + " at " + offset + ": " + other);
          }
        }
      }
    }
  }

  @Test
  void onlyWhatWasWrittenIsKept() {
    MemoryImage image = new MemoryImage();
    assertEquals(0, image.read(0x1004, 8));
    image.write(0x1FFE, 4, 0xAABB_CCDDL);
    assertEquals(
        List.of(new Word(0x1FF8, 0xCCDD_0000_0000_0000L), new Word(0x2000, 0xAABB)), image.words());
    assertTrue(image.isWritten(0x1FF8));
    assertFalse(image.isWritten(0x1FF7));
  }
}
