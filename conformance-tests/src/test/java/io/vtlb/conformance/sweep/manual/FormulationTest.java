package io.vtlb.conformance.sweep.manual;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vtlb.model.machine.Access;
import io.vtlb.model.machine.AccessKind;
import io.vtlb.model.machine.Capability;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.PdpteRegisters;
import io.vtlb.model.machine.PrivilegeSet;
import io.vtlb.model.machine.Profile;
import io.vtlb.model.machine.Vendor;
import io.vtlb.model.target.GuestMemory;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Examples worked out by hand, with the section of the manual that they are from. */
class FormulationTest {

  private static final long PROTECTED_PAGING = 0x8000_0001L;
  private static final long WP = 1 << 16;
  private static final long PSE = 1 << 4;
  private static final long PAE = 1 << 5;
  private static final long PGE = 1 << 7;
  private static final long SMEP = 1 << 20;
  private static final long SMAP = 1 << 21;
  private static final long PKE = 1 << 22;
  private static final long LONG_MODE = 0x500;
  private static final long NXE = 1 << 11;

  /** A linear address of the lower half: PML4E 1, PDPTE 2, PDE 3, PTE 4, offset 5. */
  private static final long LINEAR = 1L << 39 | 2L << 30 | 3L << 21 | 4L << 12 | 5;

  private static final long XD = 1L << 63;

  private record Words(Map<Long, Long> words) implements GuestMemory {

    @Override
    public long read(long physicalAddress, int bytes) {
      return words.getOrDefault(physicalAddress, 0L);
    }

    @Override
    public boolean compareAndSet(long address, int bytes, long expected, long replacement) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void store(long physicalAddress, int bytes, long value) {
      throw new UnsupportedOperationException();
    }
  }

  private static Formulation longMode(long cr0, long cr4, long efer, long... entries) {
    Formulation formulation =
        Formulation.of(
            new ControlState(PROTECTED_PAGING | cr0, 0x1000, PAE | cr4, LONG_MODE | efer),
            Profile.GENERIC_64);
    formulation.read(
        new Words(
            Map.of(
                0x1000L + 8, entries[0],
                0x2000L + 16, entries[1],
                0x3000L + 24, entries[2],
                0x4000L + 32, entries[3])),
        LINEAR);
    return formulation;
  }

  private static Formulation pte(long cr0, long cr4, long efer, long pte) {
    return longMode(cr0, cr4, efer, 0x2007, 0x3007, 0x4007, pte);
  }

  private static int outcome(Formulation formulation, AccessKind kind, PrivilegeSet set, int pkru) {
    return formulation.outcome(formulation.accessCase(new Access(LINEAR, kind, set, pkru, 4)));
  }

  private static int load(Formulation formulation) {
    return outcome(formulation, AccessKind.LOAD, PrivilegeSet.USER, 0);
  }

  /** 4.5.4. */
  @Test
  void fourLevelPagingReachesABasePage() {
    Formulation said = pte(0, PGE, 0, 0xABC_D147L);
    assertEquals(Formulation.Stop.PAGE, said.stop());
    assertEquals(0xABCDL, said.frame());
    assertEquals(1, said.pages());
    assertTrue(said.global());
    assertTrue(said.dirty());
    assertEquals(4, said.used());
    assertEquals(0x4020, said.address(3));
    assertEquals(Formulation.COMPLETES, load(said));
  }

  /** 4.5, tables 4-16 and 4-18: bit 12 is PAT and no part of the address. */
  @Test
  void largePagesHaveTheirSizesAndFrames() {
    Formulation two = longMode(0, 0, 0, 0x2007, 0x3007, 0x1234_0000_1087L | 0x20_0000, 0);
    assertEquals(512, two.pages());
    assertEquals(0x1_2340_0200L, two.frame());
    Formulation one = longMode(0, 0, 0, 0x2007, 0x3_4000_1087L, 0, 0);
    assertEquals(1 << 18, one.pages());
    assertEquals(0x34_0000L, one.frame());
  }

  /** 4.3: bits 39:32 of a 4 MiB page's address are in bits 20:13 of the PDE. */
  @Test
  void pse36ReachesBeyondFourGibibytes() {
    ControlState control = new ControlState(PROTECTED_PAGING, 0x1000, PSE, 0);
    Formulation said = Formulation.of(control, Profile.GENERIC_32);
    GuestMemory memory = new Words(Map.of(0x1004L, 0x0040_0087L | 0xA5L << 13));
    said.read(memory, 0x0040_1000L);
    assertEquals(Formulation.Stop.PAGE, said.stop());
    assertEquals(0xA5_0040_0000L >>> 12, said.frame());
    Formulation old =
        Formulation.of(
            control, new Profile("old", Vendor.INTEL, 36, EnumSet.noneOf(Capability.class), true));
    old.read(memory, 0x0040_1000L);
    assertEquals(Formulation.Stop.RESERVED, old.stop());
  }

  /** 4.4.1 and 4.4.2: the register has no rights; 62:M of a PDE is reserved. */
  @Test
  void paePagingStartsFromARegister() {
    ControlState control =
        new ControlState(
            PROTECTED_PAGING, 0, PAE, 0, new PdpteRegisters(List.of(0L, 0x3001L, 0L, 0L)));
    Formulation said = Formulation.of(control, Profile.GENERIC_64);
    said.read(new Words(Map.of(0x3018L, 0x4007L, 0x4020L, 0x5007L)), 1L << 30 | 3 << 21 | 4 << 12);
    assertEquals(Formulation.Stop.PAGE, said.stop());
    assertEquals(5, said.frame());
    assertTrue(said.user() && said.writable());
    assertEquals(-1, said.address(0));
    said.read(new Words(Map.of(0x3018L, 0x4007L | 1L << 62)), 1L << 30 | 3 << 21 | 4 << 12);
    assertEquals(Formulation.Stop.RESERVED, said.stop());
  }

  /** 4.7: P=0 only where an entry is not present; nothing else in that entry counts. */
  @Test
  void anAbsentEntryGivesP0() {
    assertEquals(4, load(pte(0, 0, 0, 0)));
    assertEquals(4, load(pte(0, 0, 0, -2L)));
    assertEquals(2, outcome(pte(0, 0, 0, 0), AccessKind.STORE, PrivilegeSet.SUPERVISOR, 0));
    assertEquals(4, load(longMode(0, 0, 0, 0x2006, -1, -1, -1)));
  }

  /** 4.7: RSVD comes with P; XD is reserved where NXE=0. */
  @Test
  void aReservedBitGivesRsvd() {
    assertEquals(0xD, load(pte(0, 0, 0, 0x5007 | 1L << 51)));
    assertEquals(0xD, load(pte(0, 0, 0, 0x5007 | XD)));
    assertEquals(Formulation.COMPLETES, load(pte(0, 0, NXE, 0x5007 | XD)));
    assertEquals(0xD, load(longMode(0, 0, 0, 0x2087, 0x3007, 0x4007, 0x5007)));
  }

  /** 4.6.1: user-mode accesses, and what the upper entries take away. */
  @Test
  void rightsAreCombinedOverAllEntries() {
    assertEquals(5, load(longMode(0, 0, 0, 0x2003, 0x3007, 0x4007, 0x5007)));
    Formulation readOnly = longMode(WP, 0, 0, 0x2007, 0x3005, 0x4007, 0x5007);
    assertEquals(Formulation.COMPLETES, load(readOnly));
    assertEquals(7, outcome(readOnly, AccessKind.STORE, PrivilegeSet.USER, 0));
    assertEquals(3, outcome(readOnly, AccessKind.STORE, PrivilegeSet.SUPERVISOR, 0));
    Formulation withoutWp = longMode(0, 0, 0, 0x2007, 0x3005, 0x4007, 0x5007);
    assertEquals(
        Formulation.COMPLETES, outcome(withoutWp, AccessKind.STORE, PrivilegeSet.SUPERVISOR, 0));
    Formulation noFetch = longMode(0, 0, NXE, 0x2007, 0x3007 | XD, 0x4007, 0x5007);
    assertEquals(0x15, outcome(noFetch, AccessKind.FETCH, PrivilegeSet.USER, 0));
  }

  /** 4.6.1: SMEP and SMAP, and EFLAGS.AC. */
  @Test
  void supervisorsKeepOffUserPages() {
    Formulation said = pte(0, SMEP | SMAP, 0, 0x5007);
    assertEquals(0x11, outcome(said, AccessKind.FETCH, PrivilegeSet.SUPERVISOR, 0));
    assertEquals(1, outcome(said, AccessKind.LOAD, PrivilegeSet.SUPERVISOR, 0));
    assertEquals(3, outcome(said, AccessKind.STORE, PrivilegeSet.SUPERVISOR, 0));
    assertEquals(
        Formulation.COMPLETES, outcome(said, AccessKind.STORE, PrivilegeSet.SUPERVISOR_AC, 0));
    assertEquals(0x11, outcome(said, AccessKind.FETCH, PrivilegeSet.SUPERVISOR_AC, 0));
  }

  /** 4.7: I/D only where SMEP=1, or PAE=1 and NXE=1. */
  @Test
  void fetchesAreToldOnlyWhereTheyMayBeRefused() {
    assertEquals(4, outcome(pte(0, 0, 0, 0), AccessKind.FETCH, PrivilegeSet.USER, 0));
    assertEquals(0x14, outcome(pte(0, 0, NXE, 0), AccessKind.FETCH, PrivilegeSet.USER, 0));
    assertEquals(0x14, outcome(pte(0, SMEP, 0, 0), AccessKind.FETCH, PrivilegeSet.USER, 0));
    Formulation old =
        Formulation.of(new ControlState(PROTECTED_PAGING, 0x1000, 0, NXE), Profile.GENERIC_32);
    old.read(new Words(Map.of()), 0);
    assertEquals(4, outcome(old, AccessKind.FETCH, PrivilegeSet.USER, 0));
  }

  /** 4.6.2 and 4.7: keys restrict data accesses to user pages, in either mode. */
  @Test
  void protectionKeysTakeRightsAway() {
    int noAccess = 1 << 6;
    int noWrite = 2 << 6;
    Formulation user = pte(WP, PKE, 0, 0x5007 | 3L << 59);
    assertEquals(3, user.key());
    assertEquals(0x25, outcome(user, AccessKind.LOAD, PrivilegeSet.USER, noAccess));
    assertEquals(0x21, outcome(user, AccessKind.LOAD, PrivilegeSet.SUPERVISOR, noAccess));
    assertEquals(0x27, outcome(user, AccessKind.STORE, PrivilegeSet.USER, noWrite));
    assertEquals(0x23, outcome(user, AccessKind.STORE, PrivilegeSet.SUPERVISOR, noWrite));
    assertEquals(Formulation.COMPLETES, outcome(user, AccessKind.LOAD, PrivilegeSet.USER, noWrite));
    assertEquals(
        Formulation.COMPLETES, outcome(user, AccessKind.FETCH, PrivilegeSet.USER, noAccess));
    Formulation withoutWp = pte(0, PKE, 0, 0x5007 | 3L << 59);
    assertEquals(
        Formulation.COMPLETES,
        outcome(withoutWp, AccessKind.STORE, PrivilegeSet.SUPERVISOR, noWrite));
    Formulation supervisor = pte(0, PKE, 0, 0x5003 | 3L << 59);
    assertEquals(
        Formulation.COMPLETES,
        outcome(supervisor, AccessKind.LOAD, PrivilegeSet.SUPERVISOR, noAccess));
    assertEquals(5, outcome(supervisor, AccessKind.LOAD, PrivilegeSet.USER, noAccess));
    Formulation readOnly = pte(0, PKE, 0, 0x5005 | 3L << 59);
    assertEquals(0x27, outcome(readOnly, AccessKind.STORE, PrivilegeSet.USER, noWrite));
    assertEquals(
        Formulation.COMPLETES,
        outcome(pte(0, 0, 0, 0x5007 | 3L << 59), AccessKind.LOAD, PrivilegeSet.USER, -1));
  }

  /** 4.8. */
  @Test
  void anAccessThatCompletesSetsAAndDirtyInTheLeaf() {
    Formulation said = pte(0, 0, 0, 0x5007);
    assertEquals(0x2027, said.updated(0, true));
    assertEquals(0x4027, said.updated(2, true));
    assertEquals(0x5067, said.updated(3, true));
    assertEquals(0x5027, said.updated(3, false));
  }

  /** AMD APM vol. 2, 5.3.3; Intel SDM vol. 3, table 4-15. */
  @Test
  void vendorsDifferInBit8OfATopEntry() {
    Profile amd = new Profile("AMD", Vendor.AMD, 48, EnumSet.allOf(Capability.class), true);
    ControlState control = new ControlState(PROTECTED_PAGING, 0x1000, PAE, LONG_MODE);
    GuestMemory memory = new Words(Map.of(0x1008L, 0x2107L));
    Formulation said = Formulation.of(control, amd);
    said.read(memory, LINEAR);
    assertEquals(Formulation.Stop.RESERVED, said.stop());
    assertEquals(Formulation.Stop.NOT_PRESENT, longMode(0, 0, 0, 0x2107, 0, 0, 0).stop());
    assertFalse(said.global());
  }
}
