package io.vtlb.conformance.report;

import java.util.List;

/** Values read as entries: the frame, and the names of the flags that are set. */
final class EntryText {

  private static final List<String> FLAGS =
      List.of("P", "W", "U", "PWT", "PCD", "A", "D", "PS", "G");
  private static final long FRAME_BITS = 0xF_FFFF_FFFF_F000L;

  private EntryText() {}

  /** An entry of four bytes. */
  static String fourBytes(int value) {
    return "frame 0x%x".formatted(value >>> 12) + flags(value);
  }

  /** An entry of eight bytes, with its protection key and XD. */
  static String eightBytes(long value) {
    long key = value >>> 59 & 0xF;
    return "frame 0x%x".formatted((value & FRAME_BITS) >>> 12)
        + flags(value)
        + (key == 0 ? "" : " key " + key)
        + (value < 0 ? " XD" : "");
  }

  private static String flags(long value) {
    StringBuilder text = new StringBuilder();
    for (int bit = 0; bit < FLAGS.size(); bit++) {
      if ((value & 1L << bit) != 0) {
        text.append(' ').append(FLAGS.get(bit));
      }
    }
    return text.toString();
  }
}
