package io.vtlb.conformance.sweep.manual;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vtlb.conformance.sweep.manual.EntryTable.Field;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The manual's drawings: each leaves no bit out and says nothing twice. */
class EntryTableTest {

  static Stream<EntryTable> fourBytes() {
    return Stream.of(EntryTables.PDE_4M, EntryTables.PDE_32, EntryTables.PTE_32);
  }

  static Stream<EntryTable> eightBytes() {
    return Stream.of(
        EntryTables.PDPTE_PAE,
        EntryTables.PDE_2M_PAE,
        EntryTables.PDE_PAE,
        EntryTables.PTE_PAE,
        EntryTables.PML5E,
        EntryTables.PML4E,
        EntryTables.TOP_ENTRY_AMD,
        EntryTables.PDPTE_1G,
        EntryTables.PDPTE,
        EntryTables.PDPTE_WITHOUT_1G,
        EntryTables.PDE_2M,
        EntryTables.PDE,
        EntryTables.PTE);
  }

  private static void assertEachBitOnce(EntryTable table, int m, long all) {
    long seen = 0;
    for (Field field : Field.values()) {
      long mask = table.mask(field, m);
      assertEquals(0, seen & mask, () -> table.title() + ": " + field + " overlaps, M=" + m);
      seen |= mask;
    }
    assertEquals(all, seen, () -> table.title() + ": bits are missing, M=" + m);
  }

  @ParameterizedTest
  @MethodSource("fourBytes")
  void aFourByteEntryIsDrawnWhole(EntryTable table) {
    for (int m = 32; m <= 40; m++) {
      assertEachBitOnce(table, m, 0xFFFF_FFFFL);
    }
  }

  @ParameterizedTest
  @MethodSource("eightBytes")
  void anEightByteEntryIsDrawnWhole(EntryTable table) {
    for (int m = 32; m <= 52; m++) {
      assertEachBitOnce(table, m, -1);
    }
  }

  @Test
  void reservedBitsAreTheOnesThatTheManualNames() {
    assertEquals(1L << 21, EntryTables.PDE_4M.mask(Field.RESERVED, 40));
    assertEquals(0x3F_E000L, EntryTables.PDE_4M.mask(Field.RESERVED, 32));
    assertEquals(
        0x7FFF_FFF0_0000_01E6L, EntryTables.PDPTE_PAE.mask(Field.RESERVED, 36) & ~(1L << 63));
    assertEquals(0x7FFF_FFF0_0000_0000L, EntryTables.PTE_PAE.mask(Field.RESERVED, 36));
    assertEquals(0x000F_FFF0_0000_0000L, EntryTables.PTE.mask(Field.RESERVED, 36));
    assertEquals(0x000F_FFF0_001F_E000L, EntryTables.PDE_2M.mask(Field.RESERVED, 36));
    assertEquals(0x000F_FFF0_3FFF_E000L, EntryTables.PDPTE_1G.mask(Field.RESERVED, 36));
    assertEquals(0x000F_FFF0_0000_0080L, EntryTables.PML4E.mask(Field.RESERVED, 36));
    assertEquals(0, EntryTables.PTE.mask(Field.RESERVED, 52));
  }
}
