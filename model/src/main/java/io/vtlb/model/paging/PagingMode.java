package io.vtlb.model.paging;

import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.PageSize;
import io.vtlb.model.machine.Paging;
import java.util.List;

/**
 * A paging mode as data: its levels from the root down and the format of its entries.
 *
 * <p>Source: Intel SDM vol. 3, 4.1.1 and table 4-1.
 *
 * @param name the name in worlds and reports
 * @param linearBits the width of a linear address
 * @param signExtended true if the bits above repeat the highest (canonical addresses), false if
 *     there are none
 * @param levels the levels, root first; the last one's entries are always leaves; none where linear
 *     addresses are physical
 * @param format the layout of an entry
 */
public record PagingMode(
    String name, int linearBits, boolean signExtended, List<Level> levels, EntryFormat format) {

  private static final long PDPTE_RESERVED = 1L << 63 | 0b1_1110_0110;

  private static final Level PTE = Level.inMemory("PTE", 12, 9, Level.LeafRule.ALWAYS);
  private static final Level PDE = Level.inMemory("PDE", 21, 9, Level.LeafRule.BY_SIZE_BIT);
  private static final Level PDPTE = Level.inMemory("PDPTE", 30, 9, Level.LeafRule.BY_SIZE_BIT);
  private static final Level PML4E = top("PML4E", 39);
  private static final Level PML5E = top("PML5E", 48);

  /** CR0.PG=0: linear addresses are physical addresses (Intel SDM vol. 3, 4.1.1). */
  public static final PagingMode NONE =
      new PagingMode(Paging.NONE.word(), 32, false, List.of(), new FourByteFormat());

  /** 32-bit paging: 4 KiB and 4 MiB pages (Intel SDM vol. 3, 4.3). */
  public static final PagingMode TWO_LEVEL =
      new PagingMode(
          Paging.TWO_LEVEL.word(),
          32,
          false,
          List.of(
              Level.inMemory("PDE", 22, 10, Level.LeafRule.BY_SIZE_BIT),
              Level.inMemory("PTE", 12, 10, Level.LeafRule.ALWAYS)),
          new FourByteFormat());

  /** PAE paging: 4 KiB and 2 MiB pages, the top level in registers (Intel SDM vol. 3, 4.4). */
  public static final PagingMode PAE =
      new PagingMode(
          Paging.PAE.word(),
          32,
          false,
          List.of(
              new Level("PDPTE", 30, 2, Level.LeafRule.NEVER, Level.Home.REGISTERS, PDPTE_RESERVED),
              PDE,
              PTE),
          EightByteFormat.PAE);

  /** 4-level paging: 4 KiB, 2 MiB and 1 GiB pages (Intel SDM vol. 3, 4.5). */
  public static final PagingMode FOUR_LEVEL =
      new PagingMode(
          Paging.FOUR_LEVEL.word(),
          48,
          true,
          List.of(PML4E, PDPTE, PDE, PTE),
          EightByteFormat.LONG);

  /** 5-level paging: the same sizes of pages (Intel SDM vol. 3, 4.5). */
  public static final PagingMode FIVE_LEVEL =
      new PagingMode(
          Paging.FIVE_LEVEL.word(),
          57,
          true,
          List.of(PML5E, PML4E, PDPTE, PDE, PTE),
          EightByteFormat.LONG);

  /** Every mode, by ascending number of levels. */
  public static final List<PagingMode> ALL = List.of(NONE, TWO_LEVEL, PAE, FOUR_LEVEL, FIVE_LEVEL);

  public PagingMode {
    levels = List.copyOf(levels);
  }

  private static Level top(String name, int shift) {
    return new Level(name, shift, 9, Level.LeafRule.NEVER, Level.Home.MEMORY, EntryBits.LARGE);
  }

  /** The mode that a control state selects. */
  public static PagingMode of(ControlState control) {
    if (!control.paging()) {
      return NONE;
    }
    if (control.longMode()) {
      return control.fiveLevels() ? FIVE_LEVEL : FOUR_LEVEL;
    }
    return control.physicalAddressExtension() ? PAE : TWO_LEVEL;
  }

  /** The mode as targets declare it. */
  public Paging paging() {
    return Paging.ofWord(name).orElseThrow();
  }

  /** The mode of a name. */
  public static PagingMode of(Paging name) {
    return switch (name) {
      case NONE -> NONE;
      case TWO_LEVEL -> TWO_LEVEL;
      case PAE -> PAE;
      case FOUR_LEVEL -> FOUR_LEVEL;
      case FIVE_LEVEL -> FIVE_LEVEL;
    };
  }

  /**
   * How many base pages the largest page of the mode has: what a structure of tables keeps, and may
   * lose, together.
   */
  public long region() {
    for (Level level : levels) {
      if (level.leaf() != Level.LeafRule.NEVER) {
        return level.pages();
      }
    }
    return PageSize.LARGE_4M;
  }

  /** The level at a depth, counted from the root's 0. */
  public Level level(int depth) {
    return levels.get(depth);
  }

  /**
   * A linear address as the mode sees it: cut to its width where there is nothing above it.
   *
   * @param address linear, in bytes
   */
  public long linear(long address) {
    return signExtended ? address : address & ((1L << linearBits) - 1);
  }

  /** True if a linear address, in bytes, can be translated at all; others are a #GP. */
  public boolean isCanonical(long address) {
    int above = Long.SIZE - linearBits;
    return !signExtended || address << above >> above == address;
  }

  /** A linear page number, in 4 KiB, with the bits above the mode's width as they must be. */
  public long canonicalPage(long page) {
    int above = Long.SIZE - (linearBits - PageSize.BASE_SHIFT);
    return signExtended ? page << above >> above : page << above >>> above;
  }
}
