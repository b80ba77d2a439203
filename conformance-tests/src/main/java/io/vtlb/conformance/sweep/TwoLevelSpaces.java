package io.vtlb.conformance.sweep;

import io.vtlb.model.machine.Access;
import io.vtlb.model.machine.Capability;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.Profile;
import io.vtlb.model.machine.Vendor;
import io.vtlb.model.paging.PagingMode;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;

/** What is swept of 32-bit paging, which has no level above the two lowest. */
final class TwoLevelSpaces {

  private static final PagingMode MODE = PagingMode.TWO_LEVEL;

  /** PDE 0x2c5, PTE 0x2a3. */
  private static final long ADDRESS = 0xB16A_3120L;

  private static final ControlState CONTROL =
      new ControlState(
          ControlState.CR0_PE | ControlState.CR0_PG, Entries.table(0), ControlState.CR4_PGE, 0);

  /** The one bit of a 4 MiB page that is reserved on a processor with 40 address bits. */
  private static final int RESERVED_AT_40 = 21;

  private TwoLevelSpaces() {}

  static List<Space> all() {
    List<Space> spaces = new ArrayList<>();
    for (ControlState control :
        ControlStates.every(
            CONTROL,
            ControlState.CR0_WP,
            ControlState.CR4_PSE | ControlState.CR4_SMEP | ControlState.CR4_SMAP,
            ControlState.EFER_NXE)) {
      spaces.add(basePage(control));
      if (control.pageSizeExtensions()) {
        spaces.add(largePage(control));
      }
    }
    spaces.addAll(everyBit());
    return spaces;
  }

  /** With CR4.PSE=0 bit 7 of a PDE is ignored, so both its values are swept here. */
  private static Space basePage(ControlState control) {
    List<Dimension> ignored = new ArrayList<>();
    ignored.add(Dimension.bit("PDE.software", 0, Entries.SOFTWARE));
    if (!control.pageSizeExtensions()) {
      ignored.add(Dimension.bit("PDE.PS", 0, 7));
    }
    return space(
        Section.BASE_PAGE,
        Profile.GENERIC_32,
        control,
        LegalAccesses.of(control, ADDRESS),
        List.of(Entries.table(1), Entries.BASE_PAGE),
        Entries.product(
            Entries.rights("PDE", 0),
            ignored,
            Entries.rights("PTE", 1),
            Entries.leaf("PTE", 1),
            List.of(
                Dimension.bit("PTE.PAT", 1, 7),
                Dimension.bit("PTE.software", 1, Entries.SOFTWARE))));
  }

  private static Space largePage(ControlState control) {
    return space(
        Section.LARGE_PAGE,
        Profile.GENERIC_32,
        control,
        LegalAccesses.of(control, ADDRESS),
        List.of(Entries.PAGE_4M | Entries.PS, 0L),
        Entries.product(
            Entries.rights("PDE", 0),
            Entries.leaf("PDE", 0),
            List.of(
                Dimension.bit("PDE.PAT", 0, 12),
                Dimension.bit("PDE.software", 0, Entries.SOFTWARE),
                Entries.reserved("PDE", 0, RESERVED_AT_40))));
  }

  private static List<Space> everyBit() {
    List<Space> spaces = new ArrayList<>();
    long cr4 = ControlState.CR4_PSE | ControlState.CR4_PGE | ControlState.CR4_PKE;
    ControlState base =
        new ControlState(CONTROL.cr0() | ControlState.CR0_WP, CONTROL.cr3() | 0x18, 0, 0);
    for (Profile profile : profiles()) {
      for (ControlState control : ControlStates.every(base, 0, cr4, ControlState.EFER_NXE)) {
        for (long pde :
            new long[] {
              Entries.table(1) | Entries.FREE, Entries.PAGE_4M | Entries.FREE | Entries.PS
            }) {
          spaces.add(
              space(
                  Section.EVERY_BIT,
                  profile,
                  control,
                  LegalAccesses.of(control, ADDRESS, LegalAccesses.KEYS_OFF),
                  List.of(pde, Entries.BASE_PAGE | Entries.FREE),
                  List.of(Entries.everyBit("PDE", 0, 32), Entries.everyBit("PTE", 1, 32))));
        }
      }
    }
    return spaces;
  }

  private static List<Profile> profiles() {
    EnumSet<Capability> none = EnumSet.noneOf(Capability.class);
    EnumSet<Capability> pse36 = EnumSet.of(Capability.PSE36);
    return List.of(
        Profile.GENERIC_32,
        new Profile("36 bits", Vendor.INTEL, 36, pse36, true),
        new Profile("52 bits", Vendor.INTEL, 52, pse36, true),
        new Profile("32 bits", Vendor.INTEL, 32, pse36, true),
        new Profile("no PSE-36", Vendor.AMD, 36, none, true));
  }

  private static Space space(
      Section section,
      Profile profile,
      ControlState control,
      List<Access> accesses,
      List<Long> base,
      List<Dimension> dimensions) {
    return new Space(section, MODE, profile, control, ADDRESS, base, dimensions, accesses);
  }
}
