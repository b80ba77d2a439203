package io.vtlb.conformance.generate;

import io.vtlb.model.machine.PageSize;
import io.vtlb.model.paging.Level;
import io.vtlb.model.paging.PagingMode;
import java.util.ArrayList;
import java.util.List;

/**
 * The few places of one machine that its sequences are about, in one paging mode: tables by level,
 * and linear indices that are used.
 *
 * <p>Everything is small on purpose, so that independent choices collide; the modes have frames in
 * common for the same reason.
 *
 * @param mode the paging mode
 * @param tables by depth: the guest-physical addresses of the tables whose entries are edited
 * @param indices by depth: the entries that accessed pages are translated by
 * @param windowPath by depth: the entry that leads to the window, in which a guest sees its tables
 * @param windowTables by depth: the address of the table on that path, or {@link #EVERY_TABLE}
 */
record Terrain(
    PagingMode mode,
    List<List<Long>> tables,
    List<int[]> indices,
    List<Integer> windowPath,
    List<Long> windowTables) {

  /** The window's entry stands in every table of that depth. */
  static final long EVERY_TABLE = -1;

  /** Guest frames of data. */
  static final List<Integer> DATA = List.of(8, 9, 10, 11);

  /** A guest frame with no memory behind it. */
  static final int DEVICE = 40;

  /** Frames from 1 to this hold tables, and lie in the window. */
  static final int LAST_TABLE_FRAME = 24;

  /** Frames below this have memory. */
  static final int LOW_FRAMES = 32;

  private static final int[] TWO = {0, 1};
  private static final int[] ENDS = {0, 511};

  static final Terrain NONE =
      new Terrain(PagingMode.NONE, List.of(), List.of(), List.of(), List.of());

  static final Terrain TWO_LEVEL =
      new Terrain(
          PagingMode.TWO_LEVEL,
          List.of(frames(1, 2), frames(3, 4, 5)),
          List.of(TWO, new int[] {0, 1, 1023}),
          List.of(0x300, 0),
          List.of(EVERY_TABLE, 6L << PageSize.BASE_SHIFT));

  /** The PDPTs lie in the 32-bit roots' frames, where CR3 means both at once. */
  static final Terrain PAE =
      new Terrain(
          PagingMode.PAE,
          List.of(List.of(0x1FE0L, 0x2FE0L), frames(12, 13), frames(14, 15, 16)),
          List.of(TWO, TWO, new int[] {0, 1, 511}),
          List.of(3, 0, 0),
          List.of(EVERY_TABLE, 7L << PageSize.BASE_SHIFT, 17L << PageSize.BASE_SHIFT));

  static final Terrain FOUR_LEVEL =
      new Terrain(
          PagingMode.FOUR_LEVEL,
          List.of(frames(18, 19), frames(20, 21), frames(12, 13), frames(14, 15, 16)),
          List.of(ENDS, TWO, TWO, new int[] {0, 1, 511}),
          List.of(5, 0, 0, 0),
          List.of(
              EVERY_TABLE,
              22L << PageSize.BASE_SHIFT,
              7L << PageSize.BASE_SHIFT,
              17L << PageSize.BASE_SHIFT));

  static final Terrain FIVE_LEVEL =
      new Terrain(
          PagingMode.FIVE_LEVEL,
          List.of(
              frames(23, 24), frames(18, 19), frames(20, 21), frames(12, 13), frames(14, 15, 16)),
          List.of(ENDS, ENDS, TWO, TWO, new int[] {0, 1, 511}),
          List.of(5, 5, 0, 0, 0),
          List.of(
              EVERY_TABLE,
              18L << PageSize.BASE_SHIFT,
              22L << PageSize.BASE_SHIFT,
              7L << PageSize.BASE_SHIFT,
              17L << PageSize.BASE_SHIFT));

  private static final List<Terrain> ALL = List.of(NONE, TWO_LEVEL, PAE, FOUR_LEVEL, FIVE_LEVEL);

  static Terrain of(PagingMode mode) {
    for (Terrain terrain : ALL) {
      if (terrain.mode.equals(mode)) {
        return terrain;
      }
    }
    throw new IllegalArgumentException("no terrain for mode " + mode.name());
  }

  private static List<Long> frames(int... numbers) {
    List<Long> addresses = new ArrayList<>();
    for (int number : numbers) {
      addresses.add((long) number << PageSize.BASE_SHIFT);
    }
    return List.copyOf(addresses);
  }

  int depths() {
    return tables.size();
  }

  /** The linear address that these indices, root first, and an offset select. */
  long linear(List<Integer> path, int offset) {
    long page = 0;
    for (int depth = 0; depth < path.size(); depth++) {
      page |= path.get(depth) * mode.level(depth).pages();
    }
    return mode.canonicalPage(page) << PageSize.BASE_SHIFT | offset;
  }

  /** The linear address at which the guest sees a byte of one of its table frames. */
  long windowAddress(long physicalAddress) {
    return linear(windowPath, 0) + physicalAddress;
  }

  /** The address of an entry of a table. */
  long entryAddress(long table, int index) {
    return table + (long) index * mode.format().bytes();
  }

  /** The first guest frames that a page of a level may map. */
  static List<Integer> largeBases(Level level) {
    return level.pages() < PageSize.LARGE_1G ? List.of(0, 1024) : List.of(0, PageSize.LARGE_1G);
  }
}
