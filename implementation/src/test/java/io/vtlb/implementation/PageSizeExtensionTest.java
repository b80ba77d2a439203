package io.vtlb.implementation;

import static io.vtlb.implementation.Answers.assertFault;
import static io.vtlb.implementation.Answers.assertInstalled;
import static io.vtlb.implementation.Guest.P;
import static io.vtlb.implementation.Guest.PS;
import static io.vtlb.implementation.Guest.ROOT;
import static io.vtlb.model.machine.PrivilegeSet.SUPERVISOR;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vtlb.model.machine.Capability;
import io.vtlb.model.machine.FaultCode;
import io.vtlb.model.machine.Profile;
import io.vtlb.model.machine.Vendor;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** PSE-36: which bits of a 4 MiB leaf are address bits, and which are reserved, is profile data. */
class PageSizeExtensionTest {

  private static final int RESERVED = FaultCode.PRESENT | FaultCode.RESERVED;

  @Test
  void upperAddressBitsReachMemoryAboveFourGiB() {
    Guest guest = new Guest();
    guest.entry(ROOT, 1, 0, P | PS | 1 << 13);
    assertInstalled(guest.load(SUPERVISOR, 1025));
    assertEquals("0x200001 r-x", guest.seen(SUPERVISOR, 1025));
  }

  @Test
  void thePatBitIsNoAddressBit() {
    Guest guest = new Guest();
    guest.entry(ROOT, 1, 1024, P | PS | 1 << 12);
    assertInstalled(guest.load(SUPERVISOR, 1024));
    assertEquals("0x10400 r-x", guest.seen(SUPERVISOR, 1024));
  }

  @Test
  void bit21IsReservedWithFortyAddressBits() {
    assertReserved(40, true, 21);
    assertReserved(52, true, 21);
  }

  @Test
  void bitsAboveTheAddressWidthAreReserved() {
    assertReserved(36, true, 17);
    assertReserved(32, true, 13);
  }

  @Test
  void allUpperBitsAreReservedWithoutPse36() {
    assertReserved(40, false, 13);
    assertReserved(40, false, 20);
    assertReserved(40, false, 21);
  }

  @Test
  void theHighestAddressBitIsNotReserved() {
    Guest guest = new Guest(profile(36, true));
    guest.entry(ROOT, 1, 0, P | PS | 1 << 16);
    Answers.assertDevice(guest.load(SUPERVISOR, 1024));
  }

  private static Profile profile(int addressBits, boolean pse36) {
    Set<Capability> capabilities = pse36 ? EnumSet.of(Capability.PSE36) : Set.of();
    return new Profile("test", Vendor.INTEL, addressBits, capabilities, true);
  }

  private static void assertReserved(int addressBits, boolean pse36, int bit) {
    Guest guest = new Guest(profile(addressBits, pse36));
    guest.entry(ROOT, 1, 1024, P | PS | 1L << bit);
    assertFault(RESERVED, guest.load(SUPERVISOR, 1024));
  }
}
