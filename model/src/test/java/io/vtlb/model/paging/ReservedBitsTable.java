package io.vtlb.model.paging;

import io.vtlb.model.machine.Capability;
import io.vtlb.model.machine.Profile;
import io.vtlb.model.machine.Vendor;
import java.util.Map;

/**
 * The bits that must be clear in a present entry of eight bytes, as rows (Intel SDM vol. 3, tables
 * 4-8 to 4-20; AMD APM vol. 2, figures 5-20 to 5-25).
 *
 * <p>A row has single bits and ranges, where M is MAXPHYADDR; XD is bit 63 with IA32_EFER.NXE=0,
 * MBZ is bit 8 on AMD's processors, and PS is bit 7 where there are no 1 GiB pages.
 */
final class ReservedBitsTable {

  private static final Map<String, String> ROWS =
      Map.ofEntries(
          Map.entry("PAE PDPTE table", "1-2 5-8 M-63"),
          Map.entry("PAE PDE table", "M-62 XD"),
          Map.entry("PAE PDE leaf", "13-20 M-62 XD"),
          Map.entry("PAE PTE leaf", "M-62 XD"),
          Map.entry("4-level PML4E table", "7 MBZ M-51 XD"),
          Map.entry("4-level PDPTE table", "PS M-51 XD"),
          Map.entry("4-level PDPTE leaf", "13-29 M-51 XD"),
          Map.entry("4-level PDE table", "M-51 XD"),
          Map.entry("4-level PDE leaf", "13-20 M-51 XD"),
          Map.entry("4-level PTE leaf", "M-51 XD"),
          Map.entry("5-level PML5E table", "7 MBZ M-51 XD"),
          Map.entry("5-level PML4E table", "7 MBZ M-51 XD"),
          Map.entry("5-level PDPTE table", "PS M-51 XD"),
          Map.entry("5-level PDPTE leaf", "13-29 M-51 XD"),
          Map.entry("5-level PDE table", "M-51 XD"),
          Map.entry("5-level PDE leaf", "13-20 M-51 XD"),
          Map.entry("5-level PTE leaf", "M-51 XD"));

  private ReservedBitsTable() {}

  /** What a present entry means: reserved if any bit of its row is set. */
  static EntryMeaning meaning(String mode, String level, long entry, boolean nxe, Profile profile) {
    boolean sizeBit = (entry & 1 << 7) != 0;
    boolean large =
        sizeBit
            && (level.equals("PDE")
                || (level.equals("PDPTE")
                    && !mode.equals("PAE")
                    && profile.has(Capability.PAGES_1G)));
    boolean leaf = large || level.equals("PTE");
    String row = ROWS.get(mode + " " + level + (leaf ? " leaf" : " table"));
    for (String item : row.split(" ", -1)) {
      if ((entry & bits(item, nxe, profile)) != 0) {
        return EntryMeaning.RESERVED;
      }
    }
    return leaf ? EntryMeaning.LEAF : EntryMeaning.TABLE;
  }

  private static long bits(String item, boolean nxe, Profile profile) {
    return switch (item) {
      case "XD" -> nxe ? 0 : 1L << 63;
      case "MBZ" -> profile.vendor() == Vendor.AMD ? 1L << 8 : 0;
      case "PS" -> profile.has(Capability.PAGES_1G) ? 0 : 1L << 7;
      default -> {
        String[] ends = item.replace("M", "" + profile.physicalAddressBits()).split("-", -1);
        int last = Integer.parseInt(ends[ends.length - 1]);
        long bits = 0;
        for (int bit = Integer.parseInt(ends[0]); bit <= last; bit++) {
          bits |= 1L << bit;
        }
        yield bits;
      }
    };
  }
}
