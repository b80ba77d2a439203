package io.vtlb.conformance.sweep;

import io.vtlb.model.machine.Access;
import io.vtlb.model.machine.Capability;
import io.vtlb.model.machine.ControlRegister;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.Profile;
import io.vtlb.model.machine.Vendor;
import io.vtlb.model.paging.PagingMode;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What is swept of 4-level and 5-level paging.
 *
 * <p>The upper levels are swept as the state that they accumulate, held by the root's entry; that
 * this is all that they do is what {@link UpperLevels} shows.
 */
final class LongModeSpaces {

  /**
   * PML5E 0x133, PML4E 0x1b7, PDPTE 0xf1, PDE 5, PTE 0x1a3, in the upper half of either mode; below
   * bit 30 it is small enough for a witness's memory.
   */
  private static final long BELOW_PML5E = 0x1B7L << 39 | 0xF1L << 30 | 0xBA_3120L;

  /** Keys 1, 2 and 4 are restricted, each in another way. */
  private static final int SOME_KEYS = 0x324;

  private final PagingMode mode;
  private final int pte;
  private final int pde;
  private final int pdpte;
  private final long address;

  private LongModeSpaces(PagingMode mode) {
    this.mode = mode;
    pte = mode.levels().size() - 1;
    pde = pte - 1;
    pdpte = pde - 1;
    address = address(mode);
  }

  static List<Space> all(PagingMode mode) {
    LongModeSpaces of = new LongModeSpaces(mode);
    List<Space> spaces = new ArrayList<>();
    for (ControlState control :
        ControlStates.every(
            control(mode, ControlState.CR4_PGE, 0),
            ControlState.CR0_WP,
            ControlState.CR4_SMEP | ControlState.CR4_SMAP | ControlState.CR4_PKE,
            ControlState.EFER_NXE)) {
      spaces.add(of.basePage(control));
      spaces.add(of.largePage(control));
      spaces.add(of.hugePage(control));
    }
    spaces.addAll(of.everyBit());
    return spaces;
  }

  /** The linear address that is swept: canonical, in the upper half. */
  static long address(PagingMode mode) {
    return mode.equals(PagingMode.FIVE_LEVEL)
        ? 0xFE00_0000_0000_0000L | 0x133L << 48 | BELOW_PML5E
        : 0xFFFF_0000_0000_0000L | BELOW_PML5E;
  }

  static ControlState control(PagingMode mode, long cr4, long cr3) {
    return new ControlState(
        ControlState.CR0_PE | ControlState.CR0_PG,
        Entries.table(0) | cr3,
        ControlState.CR4_PAE
            | (mode.equals(PagingMode.FIVE_LEVEL) ? ControlState.CR4_LA57 : 0)
            | cr4,
        ControlState.EFER_LME | ControlState.EFER_LMA);
  }

  /** Sixteen states of W, U, A and XD, and two reasons to stop. */
  private static Dimension upperState() {
    long[] flips = new long[18];
    for (int state = 0; state < 16; state++) {
      flips[state] =
          ((state & 1) != 0 ? Entries.W : 0)
              | ((state & 2) != 0 ? Entries.U : 0)
              | ((state & 4) != 0 ? Entries.A : 0)
              | ((state & 8) != 0 ? Entries.XD : 0);
    }
    flips[16] = Entries.FREE;
    flips[17] = (Entries.FREE & ~Entries.P) | 1L << Entries.ABOVE_MAXPHYADDR;
    return new Dimension("upper", 0, flips);
  }

  private Space basePage(ControlState control) {
    List<Long> base = free(pte);
    base.set(0, Entries.table(1) | Entries.P);
    base.set(pde, Entries.table(pte));
    base.set(pte, Entries.BASE_PAGE);
    return space(
        Section.BASE_PAGE,
        control,
        base,
        Entries.product(
            List.of(upperState()),
            Entries.rights("PDE", pde),
            List.of(
                Entries.noExecute("PDE", pde),
                Entries.reserved("PDE", pde, Entries.ABOVE_MAXPHYADDR)),
            Entries.rights("PTE", pte),
            Entries.leaf("PTE", pte),
            List.of(
                Entries.noExecute("PTE", pte),
                Entries.reserved("PTE", pte, Entries.ABOVE_MAXPHYADDR),
                Entries.key("PTE", pte))));
  }

  private Space largePage(ControlState control) {
    List<Long> base = free(pde);
    base.set(0, Entries.table(1) | Entries.P);
    base.set(pde, Entries.PAGE_2M | Entries.PS);
    return largeLeaf(Section.LARGE_PAGE, control, base, "PDE", pde, 20);
  }

  private Space hugePage(ControlState control) {
    List<Long> base = free(pdpte);
    base.set(0, Entries.table(1) | Entries.P);
    base.set(pdpte, Entries.PAGE_1G | Entries.PS);
    return largeLeaf(Section.HUGE_PAGE, control, base, "PDPTE", pdpte, 29);
  }

  private Space largeLeaf(
      Section section,
      ControlState control,
      List<Long> base,
      String entry,
      int level,
      int reservedAddressBit) {
    return space(
        section,
        control,
        base,
        Entries.product(
            List.of(upperState()),
            Entries.rights(entry, level),
            Entries.leaf(entry, level),
            List.of(
                Entries.noExecute(entry, level),
                Entries.reserved(entry, level, Entries.ABOVE_MAXPHYADDR, reservedAddressBit),
                Entries.key(entry, level))));
  }

  private List<Space> everyBit() {
    List<Space> spaces = new ArrayList<>();
    long cr4 = ControlState.CR4_PSE | ControlState.CR4_PGE;
    for (Profile profile : profiles()) {
      for (long pcid : new long[] {0, ControlState.CR4_PCIDE}) {
        long cr3 = pcid == 0 ? 0x18 : 0x123;
        ControlState base =
            control(mode, ControlState.CR4_PKE | pcid, cr3)
                .with(
                    ControlRegister.CR0,
                    ControlState.CR0_PE | ControlState.CR0_PG | ControlState.CR0_WP);
        for (ControlState control : ControlStates.every(base, 0, cr4, ControlState.EFER_NXE)) {
          for (int leaf = pdpte; leaf <= pte; leaf++) {
            for (int level = 0; level < leaf; level++) {
              spaces.add(pair(profile, control, leaf, level));
            }
          }
        }
      }
    }
    return spaces;
  }

  /** Each bit of two adjacent entries, in a walk whose leaf is of a given level. */
  private Space pair(Profile profile, ControlState control, int leaf, int level) {
    return new Space(
        Section.EVERY_BIT,
        mode,
        profile,
        control,
        address,
        free(leaf),
        List.of(
            Entries.everyBit(mode.level(level).name(), level, Long.SIZE),
            Entries.everyBit(mode.level(level + 1).name(), level + 1, Long.SIZE)),
        LegalAccesses.of(control, address, SOME_KEYS));
  }

  private static List<Profile> profiles() {
    Set<Capability> all = EnumSet.allOf(Capability.class);
    Set<Capability> smaller = EnumSet.complementOf(EnumSet.of(Capability.PAGES_1G));
    return List.of(
        Profile.GENERIC_64,
        new Profile("no 1 GiB pages", Vendor.INTEL, 36, smaller, true),
        new Profile("52 bits", Vendor.INTEL, 52, all, true),
        new Profile("AMD", Vendor.AMD, 48, all, true));
  }

  /** Entries that forbid nothing, down to a leaf; below it there is nothing. */
  private List<Long> free(int leaf) {
    List<Long> entries = new ArrayList<>();
    for (int level = 0; level <= pte; level++) {
      if (level < leaf) {
        entries.add(Entries.table(level + 1) | Entries.FREE);
      } else {
        entries.add(level == leaf ? leafAt(level) : 0L);
      }
    }
    return entries;
  }

  private long leafAt(int level) {
    if (level == pte) {
      return Entries.BASE_PAGE | Entries.FREE;
    }
    return Entries.FREE | Entries.PS | (level == pde ? Entries.PAGE_2M : Entries.PAGE_1G);
  }

  private Space space(
      Section section, ControlState control, List<Long> base, List<Dimension> dimensions) {
    List<Access> accesses = LegalAccesses.of(control, address);
    return new Space(
        section, mode, Profile.GENERIC_64, control, address, base, dimensions, accesses);
  }
}
