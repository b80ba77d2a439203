package io.vtlb.implementation;

import io.vtlb.model.machine.Capability;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.PageSize;
import io.vtlb.model.machine.Profile;
import java.util.ArrayList;
import java.util.List;

/**
 * The tables of one paging mode: their levels in memory from the top, and where an entry keeps its
 * address (Intel SDM vol. 3, 4.3 to 4.5).
 *
 * @param entryBytes the width of an entry, 4 or 8
 * @param tableBits the bits of an entry that locate the next table, or a page of 4 KiB
 * @param levels the levels that lie in memory; the PDPTE registers of PAE paging do not
 */
record TableFormat(int entryBytes, long tableBits, List<TableLevel> levels) {

  private static final long FOUR_BYTE_ADDRESS = 0xFFFF_F000L;
  private static final long EIGHT_BYTE_ADDRESS = 0xF_FFFF_FFFF_F000L;

  /** No entry keeps address bits above bit 51. */
  private static final int ADDRESS_END = 52;

  private static final int NARROW_TABLE = 1024;
  private static final int WIDE_TABLE = 512;

  /** The lowest bit of a large leaf that holds address bits or is reserved; bit 12 is PAT. */
  private static final int LARGE_FIELD_SHIFT = 13;

  private static final int LARGE_4M_SHIFT = 22;

  /** PSE-36 reaches at most this many physical address bits. */
  private static final int PSE36_BITS = 40;

  private static final int DIRECTORY_SHIFT = 9;
  private static final int POINTER_SHIFT = 18;
  private static final int PML4_SHIFT = 27;
  private static final int PML5_SHIFT = 36;

  TableFormat {
    levels = List.copyOf(levels);
  }

  /** 32-bit paging: a page directory and page tables of four-byte entries (4.3). */
  static TableFormat thirtyTwoBit(ControlState control, Profile profile) {
    long reservedInLeaf = (1L << LARGE_4M_SHIFT) - (1L << (LARGE_FIELD_SHIFT + upperBits(profile)));
    TableLevel directory =
        control.pageSizeExtensions()
            ? TableLevel.ofEither(10, NARROW_TABLE, Span.LARGE_4M, 0, reservedInLeaf)
            : TableLevel.ofTables(10, NARROW_TABLE, 0);
    TableLevel table = TableLevel.ofPages(NARROW_TABLE, 0);
    return new TableFormat(Integer.BYTES, FOUR_BYTE_ADDRESS, List.of(directory, table));
  }

  /** PAE paging: page directories and page tables below the PDPTE registers (4.4.2). */
  static TableFormat pae(ControlState control, Profile profile) {
    long aboveAddress = Long.MAX_VALUE & -(1L << profile.physicalAddressBits());
    return wide(directoryAndTable(aboveAddress | reservedExecuteDisable(control)));
  }

  /** 4-level paging (4.5). */
  static TableFormat fourLevel(ControlState control, Profile profile) {
    return wide(ia32e(control, profile));
  }

  /** 5-level paging: one more table of the kind of PML4 above (4.5). */
  static TableFormat fiveLevel(ControlState control, Profile profile) {
    List<TableLevel> levels = ia32e(control, profile);
    TableLevel pml4 = levels.getFirst();
    levels.addFirst(TableLevel.ofTables(PML5_SHIFT, WIDE_TABLE, pml4.reserved()));
    return wide(levels);
  }

  private static List<TableLevel> ia32e(ControlState control, Profile profile) {
    long aboveAddress = (1L << ADDRESS_END) - (1L << profile.physicalAddressBits());
    long reserved = aboveAddress | reservedExecuteDisable(control);
    long reservedInTop = reserved | GuestEntry.PAGE_SIZE | profile.vendor().reservedInTopEntries();
    List<TableLevel> levels = new ArrayList<>();
    levels.add(TableLevel.ofTables(PML4_SHIFT, WIDE_TABLE, reservedInTop));
    levels.add(
        profile.has(Capability.PAGES_1G)
            ? wideEither(POINTER_SHIFT, Span.LARGE_1G, reserved)
            : TableLevel.ofTables(POINTER_SHIFT, WIDE_TABLE, reserved | GuestEntry.PAGE_SIZE));
    levels.addAll(directoryAndTable(reserved));
    return levels;
  }

  private static List<TableLevel> directoryAndTable(long reserved) {
    return List.of(
        wideEither(DIRECTORY_SHIFT, Span.LARGE_2M, reserved),
        TableLevel.ofPages(WIDE_TABLE, reserved));
  }

  private static TableLevel wideEither(int shift, Span span, long reserved) {
    long belowAddress = (long) span.pages() * PageSize.BASE_BYTES - (1L << LARGE_FIELD_SHIFT);
    return TableLevel.ofEither(shift, WIDE_TABLE, span, reserved, reserved | belowAddress);
  }

  private static TableFormat wide(List<TableLevel> levels) {
    return new TableFormat(Long.BYTES, EIGHT_BYTE_ADDRESS, levels);
  }

  /** Bit 63 is reserved unless IA32_EFER.NXE=1. */
  private static long reservedExecuteDisable(ControlState control) {
    return control.noExecute() ? 0 : GuestEntry.EXECUTE_DISABLE;
  }

  /** How many bits of a physical address a 4 MiB leaf gives above bit 31. */
  private static int upperBits(Profile profile) {
    return profile.has(Capability.PSE36)
        ? Math.min(PSE36_BITS, profile.physicalAddressBits()) - Integer.SIZE
        : 0;
  }

  /** The first frame of the page that a leaf maps, numbered in 4 KiB; no reserved bit is set. */
  long frame(Span span, long leaf) {
    if (span != Span.LARGE_4M) {
      return span.start((leaf & tableBits) >>> PageSize.BASE_SHIFT);
    }
    long lower = (leaf & FOUR_BYTE_ADDRESS) >>> LARGE_4M_SHIFT << LARGE_4M_SHIFT;
    long upper = (leaf & ((1L << LARGE_4M_SHIFT) - 1)) >>> LARGE_FIELD_SHIFT << Integer.SIZE;
    return (upper | lower) >>> PageSize.BASE_SHIFT;
  }
}
