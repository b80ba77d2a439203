package io.vtlb.model.admissible;

import io.vtlb.model.machine.PageSize;
import io.vtlb.model.paging.Level;
import io.vtlb.model.paging.PagingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The few tables, entries and linear pages that random histories are about.
 *
 * <p>A table has two entries of eight bytes, its first and its last, so that linear pages of both
 * halves are reached; with 32-bit paging the same bytes are four entries. One more table is there
 * for the PDPTE registers to be loaded from.
 */
final class SmallWorld {

  /** Tables that may be reached through each other, and through themselves. */
  static final List<Long> TABLES = List.of(0x10L, 0x11L, 0x12L, 0x13L);

  /** The table of PDPTEs; no entry leads to it. */
  static final long REGISTER_TABLE = 0x14;

  /** The offsets of entries in a table, in bytes; the second is for PDPTEs only. */
  private static final List<Integer> OFFSETS = List.of(0, 8, 8 * 511);

  private static final int WORDS_OF_A_TABLE = 2 * OFFSETS.size();

  /** An index that no entry is written at. */
  private static final int UNUSED = 5;

  private static final Map<PagingMode, List<Long>> PAGES =
      PagingMode.ALL.stream().collect(Collectors.toMap(Function.identity(), SmallWorld::paths));

  private SmallWorld() {}

  /** The addresses of the entries, eight bytes each. */
  static List<Long> entries() {
    List<Long> entries = new ArrayList<>();
    for (long table : TABLES) {
      entries.add(PageSize.address(table, OFFSETS.getFirst()));
      entries.add(PageSize.address(table, OFFSETS.getLast()));
    }
    OFFSETS.forEach(offset -> entries.add(PageSize.address(REGISTER_TABLE, offset)));
    return entries;
  }

  /** How many words there are. */
  static int size() {
    return WORDS_OF_A_TABLE * (TABLES.size() + 1);
  }

  /** The number of the word at an address, or -1 where the world has none. */
  static int word(long address) {
    long table = PageSize.page(address) - TABLES.getFirst();
    int offset = PageSize.offset(address);
    boolean first = offset < 2 * 8;
    boolean last = offset >= OFFSETS.getLast();
    if (table < 0 || table > TABLES.size() || !(first || last)) {
      return -1;
    }
    int place = (first ? offset : offset - OFFSETS.getLast() + 2 * 8) / 4;
    return (int) table * WORDS_OF_A_TABLE + place;
  }

  /** The indices of a level that entries are written at. */
  static int[] indices(Level level) {
    return switch (level.indexBits()) {
      case 2 -> new int[] {0, 1, 3};
      case 9 -> new int[] {0, 511};
      default -> new int[] {0, 1, 1022, 1023};
    };
  }

  /** True if a partial walk for this page reads entries of this world only. */
  static boolean leadsThrough(long page, int depth, PagingMode mode) {
    for (int above = 0; above < depth; above++) {
      Level level = mode.level(above);
      boolean known = false;
      for (int index : indices(level)) {
        known |= level.index(page) == index;
      }
      if (!known) {
        return false;
      }
    }
    return true;
  }

  /**
   * A page for each path through the entries, and below each entry that may map a large page one
   * more that no table maps.
   */
  static List<Long> pages(PagingMode mode) {
    return PAGES.get(mode);
  }

  private static List<Long> paths(PagingMode mode) {
    List<Long> pages = new ArrayList<>();
    if (mode.levels().isEmpty()) {
      pages.addAll(List.of(0L, 5L, 0xF_FFFFL));
    } else {
      addPaths(mode, 0, 0, pages);
    }
    return List.copyOf(pages);
  }

  private static void addPaths(PagingMode mode, int depth, long from, List<Long> pages) {
    Level level = mode.level(depth);
    for (int index : indices(level)) {
      long page = mode.canonicalPage(from + index * level.pages());
      if (depth == mode.levels().size() - 1) {
        pages.add(page);
      } else {
        addPaths(mode, depth + 1, page, pages);
        if (level.leaf() == Level.LeafRule.BY_SIZE_BIT) {
          pages.add(page + UNUSED * mode.level(depth + 1).pages());
        }
      }
    }
  }
}
