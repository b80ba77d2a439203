package io.vtlb.implementation;

import static io.vtlb.implementation.Answers.assertFault;
import static io.vtlb.implementation.Answers.assertInstalled;
import static io.vtlb.implementation.Guest.P;
import static io.vtlb.implementation.Guest.U;
import static io.vtlb.implementation.Guest.W;
import static io.vtlb.model.machine.ControlRegister.CR4;
import static io.vtlb.model.machine.ControlRegister.EFER;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vtlb.model.event.Response;
import io.vtlb.model.event.Response.Action;
import io.vtlb.model.machine.Capability;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.FaultCode;
import io.vtlb.model.machine.PrivilegeSet;
import io.vtlb.model.machine.Profile;
import io.vtlb.model.machine.Vendor;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which bits of a present entry are reserved, bit by bit, for each mode and level. */
class ReservedBitTest {

  private static final long PAGE = 0x2_0000;

  private Vendor vendor = Vendor.INTEL;
  private Set<Capability> capabilities = EnumSet.allOf(Capability.class);
  private boolean noExecute = true;

  @ParameterizedTest
  @CsvSource({
    // mode, level (0 is the last), PS, reserved bits with MAXPHYADDR 46
    "PAE,      0, 0, 46-62",
    "PAE,      1, 0, 46-62",
    "PAE,      1, 1, 13-20 46-62",
    "LEVELS_4, 0, 0, 46-51",
    "LEVELS_4, 1, 0, 46-51",
    "LEVELS_4, 1, 1, 13-20 46-51",
    "LEVELS_4, 2, 0, 46-51",
    "LEVELS_4, 2, 1, 13-29 46-51",
    "LEVELS_4, 3, 0, 7 46-51",
    "LEVELS_5, 2, 1, 13-29 46-51",
    "LEVELS_5, 3, 0, 7 46-51",
    "LEVELS_5, 4, 0, 7 46-51",
    "BITS_32,  0, 0, ''",
    "BITS_32,  1, 0, ''",
    "BITS_32,  1, 1, 21",
  })
  void of(Layout layout, int level, int large, String expected) {
    assertEquals(bits(expected), reserved(layout, level, large == 1));
  }

  @Test
  void amdReservesBit8OfTopEntries() {
    vendor = Vendor.AMD;
    assertEquals(bits("7 8 46-51"), reserved(Layout.LEVELS_4, 3, false));
    assertEquals(bits("7 8 46-51"), reserved(Layout.LEVELS_5, 3, false));
    assertEquals(bits("7 8 46-51"), reserved(Layout.LEVELS_5, 4, false));
    assertEquals(bits("46-51"), reserved(Layout.LEVELS_5, 2, false));
  }

  @Test
  void pageSizeOfAPointerEntryIsReservedWithout1GiBPages() {
    capabilities = EnumSet.complementOf(EnumSet.of(Capability.PAGES_1G));
    assertEquals(bits("7 46-51"), reserved(Layout.LEVELS_4, 2, false));
  }

  @Test
  void executeDisableIsReservedWithoutNxe() {
    noExecute = false;
    for (int level = 0; level < 5; level++) {
      boolean top = level > 2;
      assertEquals(bits(top ? "7 46-51 63" : "46-51 63"), reserved(Layout.LEVELS_5, level, false));
    }
    assertEquals(bits("13-20 46-63"), reserved(Layout.PAE, 1, true));
  }

  @Test
  void anEntryThatIsNotPresentHasNoReservedBits() {
    Guest guest = new Guest(Layout.LEVELS_4);
    guest.set(PAGE, 0, ~P);
    assertFault(0, guest.load(PrivilegeSet.SUPERVISOR, PAGE));
  }

  @Test
  void pageSizeIsIgnoredWithoutPse() {
    Guest guest = new Guest(Layout.BITS_32);
    guest.clear(CR4, ControlState.CR4_PSE);
    guest.map(PAGE, 9, P | W | U);
    guest.flip(PAGE, 1, Guest.PS);
    assertInstalled(guest.load(PrivilegeSet.USER, PAGE));
    assertEquals("0x10009 r-x", guest.seen(PrivilegeSet.USER, PAGE));
  }

  private Set<Integer> reserved(Layout layout, int level, boolean large) {
    Set<Integer> found = new TreeSet<>();
    boolean hasSize = level == 1 || (level == 2 && capabilities.contains(Capability.PAGES_1G));
    for (int bit = hasSize ? 8 : 7; bit < 8 * layout.entryBytes(); bit++) {
      if (isReserved(layout, level, large, bit)) {
        found.add(bit);
      }
    }
    return found;
  }

  private boolean isReserved(Layout layout, int level, boolean large, int bit) {
    Guest guest = new Guest(layout, new Profile("test", vendor, 46, capabilities, true));
    if (noExecute && layout != Layout.BITS_32) {
      guest.set(EFER, ControlState.EFER_NXE);
    }
    if (large) {
      guest.mapLarge(PAGE, level, 0, P | W | U);
    } else {
      guest.map(PAGE, 9, P | W | U);
    }
    guest.set(PAGE, level, guest.get(PAGE, level) | 1L << bit);
    Response response = guest.load(PrivilegeSet.USER, PAGE);
    if (!(response.action() instanceof Action.InjectPageFault(FaultCode code, long address))) {
      return false;
    }
    assertEquals(PAGE << 12 | 0x120, address);
    return code.reserved() && code.present();
  }

  private static Set<Integer> bits(String ranges) {
    Set<Integer> bits = new TreeSet<>();
    for (String range : ranges.isEmpty() ? new String[0] : ranges.split(" ", -1)) {
      List<Integer> ends = Stream.of(range.split("-", -1)).map(Integer::valueOf).toList();
      IntStream.rangeClosed(ends.getFirst(), ends.getLast()).forEach(bits::add);
    }
    return bits;
  }
}
