package io.vtlb.conformance.sweep;

import io.vtlb.model.machine.Capability;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.PdpteRegisters;
import io.vtlb.model.machine.Profile;
import io.vtlb.model.machine.Vendor;
import io.vtlb.model.paging.PagingMode;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;

/**
 * What is swept of PAE paging: the level above the two lowest is a register, which has no rights
 * and holds no reserved bit (Intel SDM vol. 3, 4.4.1).
 */
final class PaeSpaces {

  /** PDPTE 2, PDE 5, PTE 0x1a3. */
  static final long ADDRESS = 0x80BA_3120L;

  private static final int PDE = 1;
  private static final int PTE = 2;
  private static final long NAMES_DIRECTORY = Entries.table(PDE) | Entries.P;

  private PaeSpaces() {}

  static List<Space> all() {
    List<Space> spaces = new ArrayList<>();
    for (long pdpte : new long[] {NAMES_DIRECTORY, NAMES_DIRECTORY & ~Entries.P}) {
      for (ControlState control :
          ControlStates.every(
              control(pdpte, ControlState.CR4_PGE),
              ControlState.CR0_WP,
              ControlState.CR4_SMEP | ControlState.CR4_SMAP,
              ControlState.EFER_NXE)) {
        spaces.add(basePage(control));
        spaces.add(largePage(control));
      }
    }
    spaces.addAll(everyBit());
    return spaces;
  }

  /** A control state with PAE paging and this register for the address swept. */
  static ControlState control(long pdpte, long cr4) {
    return new ControlState(
        ControlState.CR0_PE | ControlState.CR0_PG,
        Entries.table(0),
        ControlState.CR4_PAE | cr4,
        0,
        new PdpteRegisters(List.of(0L, 0L, pdpte, 0L)));
  }

  /**
   * The values that a register may hold: each single bit in a present one that is not reserved, and
   * each single bit in one that is not present, where nothing is checked.
   */
  static List<Long> legalRegisters(Profile profile) {
    List<Long> legal = new ArrayList<>();
    legal.add(NAMES_DIRECTORY);
    for (int bit = 0; bit < Long.SIZE; bit++) {
      boolean reserved = (bit >= 1 && bit <= 2) || (bit >= 5 && bit <= 8);
      if (!reserved && bit < profile.physicalAddressBits()) {
        legal.add(NAMES_DIRECTORY ^ 1L << bit);
      }
      if (bit > 0) {
        legal.add((NAMES_DIRECTORY & ~Entries.P) ^ 1L << bit);
      }
    }
    return legal;
  }

  private static Space basePage(ControlState control) {
    return space(
        Section.BASE_PAGE,
        Profile.GENERIC_64,
        control,
        List.of(0L, Entries.table(PTE), Entries.BASE_PAGE),
        Entries.product(
            Entries.rights("PDE", PDE),
            List.of(
                Entries.noExecute("PDE", PDE),
                Dimension.bit("PDE.software", PDE, Entries.SOFTWARE),
                Entries.reserved("PDE", PDE, Entries.ABOVE_MAXPHYADDR, Entries.ABOVE_ADDRESS)),
            Entries.rights("PTE", PTE),
            Entries.leaf("PTE", PTE),
            List.of(
                Entries.noExecute("PTE", PTE),
                Dimension.bit("PTE.software", PTE, Entries.SOFTWARE),
                Entries.reserved("PTE", PTE, Entries.ABOVE_MAXPHYADDR, Entries.ABOVE_ADDRESS))));
  }

  private static Space largePage(ControlState control) {
    return space(
        Section.LARGE_PAGE,
        Profile.GENERIC_64,
        control,
        List.of(0L, Entries.PAGE_2M | Entries.PS, 0L),
        Entries.product(
            Entries.rights("PDE", PDE),
            Entries.leaf("PDE", PDE),
            List.of(
                Entries.noExecute("PDE", PDE),
                Dimension.bit("PDE.PAT", PDE, 12),
                Dimension.bit("PDE.software", PDE, Entries.SOFTWARE),
                Entries.reserved(
                    "PDE", PDE, Entries.ABOVE_MAXPHYADDR, Entries.ABOVE_ADDRESS, 13, 20))));
  }

  private static List<Space> everyBit() {
    List<Space> spaces = new ArrayList<>();
    long cr4 = ControlState.CR4_PSE | ControlState.CR4_PGE | ControlState.CR4_PKE;
    for (Profile profile : profiles()) {
      for (ControlState control :
          ControlStates.every(control(NAMES_DIRECTORY, 0), 0, cr4, ControlState.EFER_NXE)) {
        for (long pde : directoryEntries()) {
          spaces.add(bits(profile, control, pde, List.of(bit("PDE", PDE), bit("PTE", PTE))));
        }
      }
      for (long pdpte : legalRegisters(profile)) {
        for (long pde : directoryEntries()) {
          spaces.add(
              bits(profile, control(pdpte, ControlState.CR4_PGE), pde, List.of(bit("PDE", PDE))));
        }
      }
    }
    return spaces;
  }

  private static long[] directoryEntries() {
    return new long[] {
      Entries.table(PTE) | Entries.FREE, Entries.PAGE_2M | Entries.FREE | Entries.PS
    };
  }

  private static Dimension bit(String entry, int level) {
    return Entries.everyBit(entry, level, Long.SIZE);
  }

  private static Space bits(
      Profile profile, ControlState control, long pde, List<Dimension> dimensions) {
    return space(
        Section.EVERY_BIT,
        profile,
        control,
        List.of(0L, pde, Entries.BASE_PAGE | Entries.FREE),
        dimensions);
  }

  private static List<Profile> profiles() {
    EnumSet<Capability> all = EnumSet.allOf(Capability.class);
    return List.of(
        Profile.GENERIC_64,
        new Profile("36 bits", Vendor.INTEL, 36, all, true),
        new Profile("52 bits", Vendor.INTEL, 52, all, true),
        new Profile("AMD", Vendor.AMD, 48, all, true));
  }

  private static Space space(
      Section section,
      Profile profile,
      ControlState control,
      List<Long> base,
      List<Dimension> dimensions) {
    return new Space(
        section,
        PagingMode.PAE,
        profile,
        control,
        ADDRESS,
        base,
        dimensions,
        LegalAccesses.of(control, ADDRESS));
  }
}
