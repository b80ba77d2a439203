package io.vtlb.model.paging;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vtlb.model.guest.ModeGuest;
import io.vtlb.model.machine.Capability;
import io.vtlb.model.machine.ControlRegister;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.Profile;
import io.vtlb.model.machine.Vendor;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Each single bit of each kind of eight-byte entry, on each kind of processor. */
class EightByteReservedBitsTest {

  private static final long PRESENT = 1;
  private static final long SIZE = 1 << 7;

  @Test
  void eachBitIsReservedWhereTheTableSaysSo() {
    int checked = 0;
    for (Profile profile : profiles()) {
      Walker walker = new Walker(profile);
      for (PagingMode mode :
          List.of(PagingMode.PAE, PagingMode.FOUR_LEVEL, PagingMode.FIVE_LEVEL)) {
        for (boolean nxe : new boolean[] {false, true}) {
          ControlState control = control(mode, nxe);
          for (Level level : mode.levels()) {
            for (long kind : new long[] {PRESENT, PRESENT | SIZE}) {
              for (int bit = 1; bit < Long.SIZE; bit++) {
                long entry = kind | 1L << bit;
                assertEquals(
                    ReservedBitsTable.meaning(mode.name(), level.name(), entry, nxe, profile),
                    walker.meaning(entry, level, mode, control),
                    () ->
                        "%s %s 0x%x, NXE %s, %s"
                            .formatted(mode.name(), level.name(), entry, nxe, profile));
                checked++;
              }
            }
          }
        }
      }
    }
    assertEquals(16 * 12 * 2 * 2 * 63, checked);
  }

  @Test
  void nothingIsReservedInAnEntryThatIsNotPresent() {
    Walker walker = new Walker(profiles().getFirst());
    for (PagingMode mode : PagingMode.ALL) {
      for (Level level : mode.levels()) {
        assertEquals(
            EntryMeaning.NOT_PRESENT, walker.meaning(~PRESENT, level, mode, control(mode, false)));
      }
    }
  }

  private static ControlState control(PagingMode mode, boolean nxe) {
    ControlState control = ModeGuest.control(mode);
    long without = control.efer() & ~ControlState.EFER_NXE;
    return control.with(ControlRegister.EFER, nxe ? without | ControlState.EFER_NXE : without);
  }

  /** MAXPHYADDR 36, 40, 46 and 52, with and without 1 GiB pages, of both vendors. */
  private static List<Profile> profiles() {
    List<Profile> profiles = new ArrayList<>();
    for (int bits : new int[] {36, 40, 46, 52}) {
      for (Vendor vendor : Vendor.values()) {
        Set<Capability> all = EnumSet.allOf(Capability.class);
        profiles.add(new Profile("all", vendor, bits, all, true));
        all.remove(Capability.PAGES_1G);
        profiles.add(new Profile("without 1 GiB pages", vendor, bits, all, true));
      }
    }
    return profiles;
  }
}
