package io.vtlb.conformance.sweep;

import io.vtlb.model.machine.PageSize;
import java.util.ArrayList;
import java.util.List;

/** The entries that spaces start from, and the dimensions that several modes share. */
final class Entries {

  static final long P = 1;
  static final long W = 1 << 1;
  static final long U = 1 << 2;
  static final long A = 1 << 5;
  static final long PS = 1 << 7;
  static final long XD = 1L << 63;

  /** Present, accessed, and nothing forbidden. */
  static final long FREE = P | W | U | A;

  /** A bit that is reserved wherever MAXPHYADDR is below 52. */
  static final int ABOVE_MAXPHYADDR = 51;

  /** A bit that is reserved with PAE paging and ignored, or part of a key, in longer modes. */
  static final int ABOVE_ADDRESS = 62;

  /** A bit that is left to software in every entry. */
  static final int SOFTWARE = 9;

  /** The frames that leaves map by default, each inside the witness's small memory. */
  static final long BASE_PAGE = address(0x1230);

  static final long PAGE_2M = address(0x600);
  static final long PAGE_4M = address(0x800);
  static final long PAGE_1G = 0;

  private Entries() {}

  /** The address bits of an entry that names the table of a level. */
  static long table(int level) {
    return address(EntryMemory.tableFrame(level));
  }

  private static long address(long frame) {
    return PageSize.address(frame, 0);
  }

  /** The bits that every format has: P, W, U and A. */
  static List<Dimension> rights(String entry, int level) {
    return List.of(
        Dimension.bit(entry + ".P", level, 0),
        Dimension.bit(entry + ".W", level, 1),
        Dimension.bit(entry + ".U", level, 2),
        Dimension.bit(entry + ".A", level, 5));
  }

  /** What a leaf has besides: D and G. */
  static List<Dimension> leaf(String entry, int level) {
    return List.of(Dimension.bit(entry + ".D", level, 6), Dimension.bit(entry + ".G", level, 8));
  }

  static Dimension noExecute(String entry, int level) {
    return Dimension.bit(entry + ".XD", level, 63);
  }

  /** None of these bits, or one of them. */
  static Dimension reserved(String entry, int level, int... bits) {
    long[] flips = new long[bits.length];
    for (int i = 0; i < bits.length; i++) {
      flips[i] = 1L << bits[i];
    }
    return Dimension.one(entry + ".reserved", level, flips);
  }

  /** Each bit of an entry, alone. */
  static Dimension everyBit(String entry, int level, int entryBits) {
    long[] flips = new long[entryBits];
    for (int bit = 0; bit < entryBits; bit++) {
      flips[bit] = 1L << bit;
    }
    return Dimension.one(entry + ".bit", level, flips);
  }

  /** The protection keys 0, 1 and 15. */
  static Dimension key(String entry, int level) {
    return Dimension.one(entry + ".key", level, 1L << 59, 15L << 59);
  }

  @SafeVarargs
  static List<Dimension> product(List<Dimension>... parts) {
    List<Dimension> product = new ArrayList<>();
    for (List<Dimension> part : parts) {
      product.addAll(part);
    }
    return product;
  }
}
