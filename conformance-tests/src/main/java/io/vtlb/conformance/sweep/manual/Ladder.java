package io.vtlb.conformance.sweep.manual;

import io.vtlb.model.machine.Capability;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.Profile;
import io.vtlb.model.machine.Vendor;
import java.util.ArrayList;
import java.util.List;

/**
 * The structures of the paging mode in use, from the root down (Intel SDM vol. 3, 4.1.1 and table
 * 4-1).
 *
 * @param rungs the steps of the descent
 * @param entryBytes the width of an entry
 * @param rootMask the bits of CR3 that are the root's address
 * @param m what the drawings call M
 */
record Ladder(List<Rung> rungs, int entryBytes, long rootMask, int m) {

  private static final long PG = 1L << 31;
  private static final long PSE = 1 << 4;
  private static final long PAE = 1 << 5;
  private static final long LA57 = 1 << 12;
  private static final long LMA = 1 << 10;

  static Ladder of(ControlState control, Profile profile) {
    if ((control.cr0() & PG) == 0) {
      throw new IllegalArgumentException("there are no structures where CR0.PG=0");
    }
    if ((control.cr4() & PAE) == 0) {
      return thirtyTwoBit(control, profile);
    }
    return (control.efer() & LMA) == 0 ? pae(profile) : inLongMode(control, profile);
  }

  /** 4.3; M for PSE-36 is in the text of 4.3 above table 4-4. */
  private static Ladder thirtyTwoBit(ControlState control, Profile profile) {
    int m = profile.has(Capability.PSE36) ? Math.min(40, profile.physicalAddressBits()) : 32;
    boolean large = (control.cr4() & PSE) != 0;
    return new Ladder(
        List.of(
            Rung.of(31, 22, EntryTables.PDE_32, large ? EntryTables.PDE_4M : null),
            Rung.of(21, 12, null, EntryTables.PTE_32)),
        4,
        0xFFFF_F000L,
        m);
  }

  /** 4.4. */
  private static Ladder pae(Profile profile) {
    return new Ladder(
        List.of(
            new Rung(31, 30, EntryTables.PDPTE_PAE, null, true),
            Rung.of(29, 21, EntryTables.PDE_PAE, EntryTables.PDE_2M_PAE),
            Rung.of(20, 12, null, EntryTables.PTE_PAE)),
        8,
        0,
        profile.physicalAddressBits());
  }

  /** 4.5. */
  private static Ladder inLongMode(ControlState control, Profile profile) {
    boolean amd = profile.vendor() == Vendor.AMD;
    boolean gigabyte = profile.has(Capability.PAGES_1G);
    List<Rung> rungs = new ArrayList<>();
    if ((control.cr4() & LA57) != 0) {
      rungs.add(Rung.of(56, 48, amd ? EntryTables.TOP_ENTRY_AMD : EntryTables.PML5E, null));
    }
    rungs.add(Rung.of(47, 39, amd ? EntryTables.TOP_ENTRY_AMD : EntryTables.PML4E, null));
    rungs.add(
        gigabyte
            ? Rung.of(38, 30, EntryTables.PDPTE, EntryTables.PDPTE_1G)
            : Rung.of(38, 30, EntryTables.PDPTE_WITHOUT_1G, null));
    rungs.add(Rung.of(29, 21, EntryTables.PDE, EntryTables.PDE_2M));
    rungs.add(Rung.of(20, 12, null, EntryTables.PTE));
    return new Ladder(List.copyOf(rungs), 8, 0x000F_FFFF_FFFF_F000L, profile.physicalAddressBits());
  }
}
