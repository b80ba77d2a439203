package io.vtlb.model.control;

import static io.vtlb.model.machine.ControlRegister.CR0;
import static io.vtlb.model.machine.ControlRegister.CR3;
import static io.vtlb.model.machine.ControlRegister.CR4;
import static io.vtlb.model.machine.ControlRegister.EFER;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vtlb.model.machine.ControlRegister;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.PageSize;
import io.vtlb.model.machine.PdpteRegisters;
import io.vtlb.model.machine.Vendor;
import io.vtlb.model.paging.PagingMode;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** When the PDPTE registers are loaded, and when that is a #GP (Intel SDM vol. 3, 4.4.1). */
class PdpteReloadTest {

  private static final PdpteRegisters NEW =
      new PdpteRegisters(List.of(0x1_1001L, 0x1_2019L, 0x1_3E01L, 0x3FFF_FFFF_F001L));
  private static final long[] CR0_BITS = {
    ControlState.CR0_CD, ControlState.CR0_CD | ControlState.CR0_NW
  };
  private static final long[] CR4_BITS = {
    ControlState.CR4_PGE, ControlState.CR4_PSE, ControlState.CR4_SMEP
  };

  private final Writer intel = new Writer(PagingMode.PAE);

  PdpteReloadTest() {
    store(intel, NEW);
  }

  @Test
  void everyLoadOfCr3LoadsThem() {
    ControlState after = intel.writes(CR3, intel.state().cr3());
    assertEquals(NEW, after.pdptes());
  }

  @Test
  void theTableIsAlignedTo32Bytes() {
    Writer writer = new Writer(PagingMode.PAE);
    long table = PageSize.address(0x12, 0xFE0);
    for (int index = 0; index < PdpteRegisters.COUNT; index++) {
      writer.memory().store(table + 8L * index, 8, NEW.get(index));
    }
    assertEquals(NEW, writer.writes(CR3, table | 0x1F).pdptes());
  }

  @Test
  void eachOfTheseBitsLoadsThem() {
    for (long bits : CR0_BITS) {
      assertEquals(NEW, intel.inverts(CR0, bits).pdptes());
    }
    for (long bit : CR4_BITS) {
      assertEquals(NEW, intel.inverts(CR4, bit).pdptes());
    }
    intel.having(CR0, ControlState.CR0_CD | ControlState.CR0_NW);
    assertEquals(NEW, intel.inverts(CR0, ControlState.CR0_NW).pdptes());
    assertEquals(NEW, intel.inverts(CR0, ControlState.CR0_CD | ControlState.CR0_NW).pdptes());
  }

  @Test
  void theyAreLoadedWhenPaePagingBegins() {
    Writer flat = new Writer(PagingMode.NONE).having(CR4, ControlState.CR4_PAE);
    store(flat, NEW);
    assertEquals(NEW, flat.inverts(CR0, Writer.PG).pdptes());
    Writer twoLevel = new Writer(PagingMode.TWO_LEVEL);
    store(twoLevel, NEW);
    assertEquals(NEW, twoLevel.inverts(CR4, ControlState.CR4_PAE).pdptes());
  }

  @Test
  void nothingElseLoadsThem() {
    intel.writesAlone(CR0, intel.state().cr0() ^ ControlState.CR0_WP);
    intel.writesAlone(CR0, intel.state().cr0());
    intel.writesAlone(CR4, intel.state().cr4());
    for (int bit = 0; bit <= 22; bit++) {
      long loading =
          ControlState.CR4_PAE
              | ControlState.CR4_PGE
              | ControlState.CR4_PSE
              | ControlState.CR4_SMEP
              | ControlState.CR4_PCIDE;
      if ((loading & 1L << bit) == 0 && !List.of(13, 14, 15, 19).contains(bit)) {
        intel.writesAlone(CR4, intel.state().cr4() ^ 1L << bit);
      }
    }
    intel.writesAlone(EFER, intel.state().efer() ^ ControlState.EFER_NXE);
  }

  @Test
  void thoseOfAmdAreNotLoadedForExecutionPrevention() {
    Writer amd = Writer.lacking(Set.of(), Vendor.AMD, PagingMode.PAE);
    store(amd, NEW);
    amd.writesAlone(CR4, amd.state().cr4() ^ ControlState.CR4_SMEP);
    assertEquals(NEW, amd.inverts(CR4, ControlState.CR4_PGE).pdptes());
    assertEquals(NEW, amd.inverts(CR4, ControlState.CR4_PSE).pdptes());
    assertEquals(NEW, amd.writes(CR3, amd.state().cr3()).pdptes());
  }

  @Test
  void otherModesLoadNone() {
    for (PagingMode mode :
        List.of(
            PagingMode.NONE, PagingMode.TWO_LEVEL, PagingMode.FOUR_LEVEL, PagingMode.FIVE_LEVEL)) {
      Writer writer = new Writer(mode);
      store(writer, NEW);
      assertEquals(
          PdpteRegisters.NONE, writer.writes(CR3, writer.state().cr3()).pdptes(), mode.name());
      assertEquals(PdpteRegisters.NONE, writer.inverts(CR4, ControlState.CR4_PGE).pdptes());
      assertEquals(PdpteRegisters.NONE, writer.inverts(CR0, ControlState.CR0_CD).pdptes());
    }
  }

  @Test
  void aReservedBitInAPresentEntryIsRefused() {
    for (int index = 0; index < PdpteRegisters.COUNT; index++) {
      for (int bit = 1; bit < Long.SIZE; bit++) {
        Writer writer = new Writer(PagingMode.PAE);
        store(writer, NEW);
        writer.memory().store(address(index), 8, 1 | 1L << bit);
        boolean reserved = bit == 1 || bit == 2 || (bit >= 5 && bit <= 8) || bit >= 46;
        if (reserved) {
          assertAllLoadsRefused(writer);
        } else {
          assertEquals(1 | 1L << bit, writer.writes(CR3, address(0)).pdptes().get(index));
        }
      }
    }
  }

  @Test
  void anEntryThatIsNotPresentIsLoadedUnchecked() {
    intel.memory().store(address(2), 8, ~1L);
    assertEquals(~1L, intel.writes(CR3, address(0)).pdptes().get(2));
    assertEquals(~1L, intel.inverts(CR0, ControlState.CR0_CD).pdptes().get(2));
  }

  @Test
  void aBadTableMattersOnlyWhenItIsLoaded() {
    intel.memory().store(address(0), 8, 0x1_1003L);
    intel.writesAlone(CR0, intel.state().cr0() ^ ControlState.CR0_WP);
    intel.writesAlone(EFER, intel.state().efer() ^ ControlState.EFER_NXE);
    intel.inverts(CR0, Writer.PG);
    intel.inverts(CR4, ControlState.CR4_PAE);
  }

  @Test
  void pagingDoesNotBeginFromABadTable() {
    Writer flat = new Writer(PagingMode.NONE).having(CR4, ControlState.CR4_PAE);
    flat.memory().store(address(3), 8, 0x21);
    flat.refuses(CR0, flat.state().cr0() | Writer.PG);
    Writer twoLevel = new Writer(PagingMode.TWO_LEVEL);
    twoLevel.memory().store(address(3), 8, 0x21);
    twoLevel.refuses(CR4, twoLevel.state().cr4() | ControlState.CR4_PAE);
    flat.having(EFER, ControlState.EFER_LME).inverts(CR0, Writer.PG);
  }

  private static void assertAllLoadsRefused(Writer writer) {
    writer.refuses(CR3, address(0));
    for (long bits : CR0_BITS) {
      writer.refuses(CR0, writer.state().cr0() ^ bits);
    }
    for (long bit : CR4_BITS) {
      writer.refuses(ControlRegister.CR4, writer.state().cr4() ^ bit);
    }
  }

  private static void store(Writer writer, PdpteRegisters table) {
    for (int index = 0; index < PdpteRegisters.COUNT; index++) {
      writer.memory().store(address(index), 8, table.get(index));
    }
  }

  /** The address of an entry of the table that CR3 names in every mode. */
  private static long address(int index) {
    return PageSize.address(0x10, 8 * index);
  }
}
