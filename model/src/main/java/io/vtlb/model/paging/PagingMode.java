package io.vtlb.model.paging;

import java.util.List;

/**
 * A paging mode as data: its levels from the root down and the format of its entries.
 *
 * @param name the name in worlds and reports
 * @param linearBits the width of a linear address
 * @param levels the levels, root first; the last one's entries are always leaves
 * @param format the layout of an entry
 */
public record PagingMode(String name, int linearBits, List<Level> levels, EntryFormat format) {

  /** 32-bit paging: 4 KiB and 4 MiB pages (Intel SDM vol. 3, 4.3). */
  public static final PagingMode TWO_LEVEL =
      new PagingMode(
          "32-bit",
          32,
          List.of(
              new Level("PDE", 22, 10, Level.LeafRule.BY_SIZE_BIT),
              new Level("PTE", 12, 10, Level.LeafRule.ALWAYS)),
          new FourByteFormat());

  public PagingMode {
    levels = List.copyOf(levels);
  }
}
