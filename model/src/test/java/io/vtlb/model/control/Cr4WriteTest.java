package io.vtlb.model.control;

import static io.vtlb.model.machine.ControlRegister.CR3;
import static io.vtlb.model.machine.ControlRegister.CR4;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vtlb.model.machine.Capability;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.Vendor;
import io.vtlb.model.paging.PagingMode;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** MOV to CR4 (Intel SDM vol. 2, MOV to control registers; vol. 3, 2.5 and 4.10.1). */
class Cr4WriteTest {

  /** VMXE, SMXE, reserved, key locker, CET, and everything above PKE. */
  private static final Set<Integer> RESERVED = Set.of(13, 14, 15, 19);

  @Test
  void bitsThatNoProcessorModelledHasAreReserved() {
    Writer flat = new Writer(PagingMode.NONE);
    for (int bit = 0; bit < Integer.SIZE; bit++) {
      if (RESERVED.contains(bit) || bit > 22) {
        flat.refuses(CR4, 1L << bit);
      } else if (bit != 17) {
        flat.writesAlone(CR4, 1L << bit);
      }
    }
  }

  @Test
  void theUpperHalfIsReservedInLongModeAndDoesNotExistElsewhere() {
    for (PagingMode mode : PagingMode.ALL) {
      Writer writer = new Writer(mode);
      long value = writer.state().cr4() ^ ControlState.CR4_PGE;
      for (int bit = Integer.SIZE; bit < Long.SIZE; bit++) {
        if (mode.signExtended()) {
          writer.refuses(CR4, value | 1L << bit);
        } else {
          assertEquals(value, writer.writes(CR4, value | 1L << bit).cr4());
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"FIVE_LEVELS, 12", "PCID, 17", "SMEP, 20", "SMAP, 21", "PROTECTION_KEYS, 22"})
  void aBitIsReservedWhereItsFeatureIsNotOffered(Capability capability, int bit) {
    for (PagingMode mode : List.of(PagingMode.NONE, PagingMode.FOUR_LEVEL)) {
      Writer lacking = Writer.lacking(Set.of(capability), Vendor.INTEL, mode);
      lacking.refuses(CR4, lacking.state().cr4() | 1L << bit);
    }
  }

  @Test
  void inLongModePaeAndTheNumberOfLevelsStay() {
    for (PagingMode mode : List.of(PagingMode.FOUR_LEVEL, PagingMode.FIVE_LEVEL)) {
      Writer writer = new Writer(mode);
      writer.refuses(CR4, writer.state().cr4() & ~ControlState.CR4_PAE);
      writer.refuses(CR4, writer.state().cr4() ^ ControlState.CR4_LA57);
    }
  }

  @Test
  void outsideLongModePaeAndTheNumberOfLevelsMayChange() {
    for (PagingMode mode : List.of(PagingMode.NONE, PagingMode.TWO_LEVEL, PagingMode.PAE)) {
      Writer writer = new Writer(mode);
      long cr4 = writer.state().cr4();
      assertEquals(cr4 ^ ControlState.CR4_PAE, writer.inverts(CR4, ControlState.CR4_PAE).cr4());
      writer.writesAlone(CR4, cr4 ^ ControlState.CR4_LA57);
    }
    Writer on = new Writer(PagingMode.TWO_LEVEL);
    assertEquals(PagingMode.PAE, PagingMode.of(on.inverts(CR4, ControlState.CR4_PAE)));
  }

  @Test
  void pcidsNeedLongMode() {
    for (PagingMode mode : List.of(PagingMode.NONE, PagingMode.TWO_LEVEL, PagingMode.PAE)) {
      Writer writer = new Writer(mode);
      writer.refuses(CR4, writer.state().cr4() | ControlState.CR4_PCIDE);
    }
  }

  @Test
  void pcidsBeginWithPcidZero() {
    Writer writer = new Writer(PagingMode.FIVE_LEVEL);
    writer.writesAlone(CR4, writer.state().cr4() | ControlState.CR4_PCIDE);
    for (int bit = 0; bit < 12; bit++) {
      Writer low = new Writer(PagingMode.FIVE_LEVEL).having(CR3, 1L << bit);
      low.refuses(CR4, low.state().cr4() | ControlState.CR4_PCIDE);
    }
  }

  @Test
  void pcidsMayStayAndEndUnderAnyPcid() {
    Writer tagged =
        new Writer(PagingMode.FOUR_LEVEL).having(CR4, ControlState.CR4_PCIDE).having(CR3, 7);
    tagged.writesAlone(CR4, tagged.state().cr4() ^ ControlState.CR4_PGE);
    ControlState after = tagged.inverts(CR4, ControlState.CR4_PCIDE);
    assertEquals(0, after.pcid());
    assertEquals(7, after.cr3() & ControlState.CR3_PCID);
  }
}
