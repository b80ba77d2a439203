package io.vtlb.model.paging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.vtlb.model.machine.Capability;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.Profile;
import io.vtlb.model.machine.Vendor;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The layout of four-byte entries (Intel SDM vol. 3, tables 4-3 to 4-6). */
class FourByteFormatTest {

  private static final Level PDE = PagingMode.TWO_LEVEL.levels().getFirst();
  private static final Level PTE = PagingMode.TWO_LEVEL.levels().getLast();
  private static final ControlState CONTROL = new ControlState(0, 0, ControlState.CR4_PSE, 0);

  private final EntryFormat format = PagingMode.TWO_LEVEL.format();

  @ParameterizedTest
  @CsvSource({
    "32, true, 21, 13",
    "36, true, 21, 17",
    "39, true, 21, 20",
    "40, true, 21, 21",
    "52, true, 21, 21",
    "32, false, 21, 13",
    "36, false, 21, 13",
    "40, false, 21, 13",
    "52, false, 21, 13"
  })
  void reservesTheAddressBitsThatALargePageDoesNotReach(
      int physicalAddressBits, boolean pse36, int highest, int lowest) {
    Profile profile = profile(physicalAddressBits, pse36);
    long expected = 0;
    for (int bit = lowest; bit <= highest; bit++) {
      expected |= 1L << bit;
    }
    assertEquals(expected, format.reservedBits(PDE, true, CONTROL, profile));
  }

  @Test
  void reservesNothingElsewhere() {
    assertEquals(0, format.reservedBits(PDE, false, CONTROL, Profile.GENERIC_32));
    assertEquals(0, format.reservedBits(PTE, true, CONTROL, Profile.GENERIC_32));
  }

  @ParameterizedTest
  @CsvSource({
    "0x00400000, true, 0x400",
    "0xFFC00000, true, 0xFFC00",
    "0x00402000, true, 0x100400",
    "0x00500000, true, 0x8000400",
    "0x005FE000, true, 0xFF00400",
    "0x00401FFF, true, 0x400",
    "0x00402000, false, 0x400",
    "0x00401FFF, false, 0x400"
  })
  void placesALargePage(String entry, boolean pse36, String frame) {
    Profile profile = profile(40, pse36);
    assertEquals(Long.decode(frame), format.leafFrame(Long.decode(entry), PDE, profile));
  }

  @Test
  void placesASmallPageATableAndTheRoot() {
    long entry = 0xFEDC_BFFFL;
    assertEquals(0xF_EDCBL, format.leafFrame(entry, PTE, Profile.GENERIC_32));
    assertEquals(0xF_EDCBL, format.tableFrame(entry));
    assertEquals(0xF_EDCBL, format.rootFrame(new ControlState(0, entry, 0, 0)));
    assertEquals(0xF_EDCBL, format.rootFrame(new ControlState(0, 0xFFFF_FFFF_FEDC_B000L, 0, 0)));
  }

  @Test
  void hasNeitherAnExecuteDisableBitNorAKey() {
    assertFalse(format.disablesExecution(-1L));
    assertEquals(0, format.protectionKey(-1L));
    assertEquals(4, format.bytes());
  }

  private static Profile profile(int physicalAddressBits, boolean pse36) {
    Set<Capability> offered = pse36 ? Set.of(Capability.PSE36) : Set.of();
    return new Profile("sample", Vendor.INTEL, physicalAddressBits, offered, true);
  }
}
