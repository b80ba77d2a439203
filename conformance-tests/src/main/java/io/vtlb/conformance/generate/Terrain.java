package io.vtlb.conformance.generate;

import java.util.List;

/**
 * The few places of one machine that its sequences are about: frames by purpose, and linear indices
 * that are used.
 *
 * <p>Everything is small on purpose, so that independent choices collide.
 *
 * @param roots guest frames of page directories
 * @param tables guest frames of page tables
 * @param window the guest frame of the page table that maps tables for the guest's own edits, or 0
 *     where a 4 MiB page does that
 * @param data guest frames of data
 * @param largeBases first guest frames that a 4 MiB page may map
 * @param device a guest frame with no memory behind it
 */
record Terrain(
    List<Integer> roots,
    List<Integer> tables,
    int window,
    List<Integer> data,
    List<Integer> largeBases,
    int device) {

  /** The directory indices whose pages are accessed. */
  static final int[] DIRECTORY_INDICES = {0, 1};

  /** The table indices whose pages are accessed. */
  static final int[] TABLE_INDICES = {0, 1, 1023};

  /** The directory index under which a guest sees its own tables. */
  static final int WINDOW_INDEX = 0x300;

  /** Frames below this lie in the window. */
  static final int WINDOW_FRAMES = 16;

  static final Terrain USUAL =
      new Terrain(List.of(1, 2), List.of(3, 4, 5), 6, List.of(8, 9, 10, 11), List.of(0, 1024), 20);

  /** The linear address at which the guest sees a word of one of its low frames. */
  static long windowAddress(long physicalAddress) {
    return ((long) WINDOW_INDEX << 22) + physicalAddress;
  }

  static long linear(int directoryIndex, int tableIndex, int offset) {
    return (long) directoryIndex << 22 | (long) tableIndex << 12 | offset;
  }

  static long entryAddress(int frame, int index) {
    return ((long) frame << 12) + index * 4L;
  }
}
