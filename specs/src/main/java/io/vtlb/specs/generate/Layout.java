package io.vtlb.specs.generate;

import io.vtlb.model.machine.Capability;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.Profile;
import io.vtlb.model.machine.Vendor;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where the entries of a small world lie in the memory of a whole machine.
 *
 * @param mode the paging mode's name
 * @param profile the processor of the specification's world
 * @param bytes of one entry
 * @param window where the guest sees its tables: the linear address of guest-physical 0
 * @param places the guest-physical address of each entry that the guest edits
 * @param fixed the other entries, by guest-physical address
 */
record Layout(
    String mode,
    Profile profile,
    int bytes,
    long window,
    Map<Place, Long> places,
    Map<Long, Long> fixed) {

  /** The guest-physical address of the root. */
  static final long ROOT = 0x1000;

  /** User windows lie this many pages behind those of supervisors. */
  static final int TO_USER = 0x100;

  private static final long EFER_LME = 0x100;
  private static final long TABLE = 0x67;
  private static final long SUPERVISOR_WINDOW = 0x63;
  private static final long USER_WINDOW = 0x67;

  private static final Layout TWO_LEVEL = twoLevel();
  private static final Layout FOUR_LEVEL = fourLevel();

  Layout {
    places = Map.copyOf(places);
    fixed = Map.copyOf(fixed);
  }

  /** The layout of a small world, by its name. */
  static Layout of(String world) {
    return switch (world) {
      case "two-level" -> TWO_LEVEL;
      case "four-level" -> FOUR_LEVEL;
      default -> throw new IllegalArgumentException("no small world " + world);
    };
  }

  private static Layout twoLevel() {
    Map<Place, Long> places = new EnumMap<>(Place.class);
    places.put(Place.FIRST_TABLE, 0x2000 + 4 * (Embedding.PAGE & 0x3ff));
    places.put(Place.SECOND_TABLE, 0x3000 + 4 * (Embedding.PAGE & 0x3ff));
    places.put(Place.DIRECTORY, ROOT + 4 * (Embedding.PAGE >> 10));
    Map<Long, Long> fixed = windows(0x4000, 4, 3);
    fixed.put(ROOT + 4 * 0x300, 0x4000 | TABLE);
    Profile profile =
        new Profile(
            "small-32",
            Vendor.INTEL,
            40,
            EnumSet.of(Capability.PSE36, Capability.SMEP, Capability.SMAP, Capability.INVPCID),
            true);
    return new Layout("32-bit", profile, 4, 0xC000_0000L, places, fixed);
  }

  private static Layout fourLevel() {
    Map<Place, Long> places = new EnumMap<>(Place.class);
    places.put(Place.FIRST_TABLE, 0x4000 + 8 * (Embedding.PAGE & 0x1ff));
    places.put(Place.SECOND_TABLE, 0x5000 + 8 * (Embedding.PAGE & 0x1ff));
    places.put(Place.DIRECTORY, 0x3000 + 8 * (Embedding.PAGE >> 9 & 0x1ff));
    places.put(Place.UPPER, 0x2000 + 8 * (Embedding.PAGE >> 18 & 0x1ff));
    Map<Long, Long> fixed = windows(0x8000, 8, 5);
    fixed.put(ROOT, 0x2027L);
    fixed.put(ROOT + 8, 0x6000 | TABLE);
    fixed.put(0x6000L, 0x7000 | TABLE);
    fixed.put(0x7000L, 0x8000 | TABLE);
    Profile profile =
        new Profile(
            "small-64",
            Vendor.INTEL,
            40,
            EnumSet.complementOf(EnumSet.of(Capability.FIVE_LEVELS)),
            true);
    return new Layout("4-level", profile, 8, 1L << 39, places, fixed);
  }

  /** The windows' entries in the table at an address: all frames up to the last table's. */
  private static Map<Long, Long> windows(long table, int bytes, int frames) {
    Map<Long, Long> entries = new TreeMap<>();
    for (int frame = 1; frame <= frames; frame++) {
      long bits = (long) frame << 12;
      entries.put(table + (long) bytes * frame, bits | SUPERVISOR_WINDOW);
      entries.put(table + (long) bytes * (TO_USER + frame), bits | USER_WINDOW);
    }
    return entries;
  }

  /** The specification knows neither CR0.PE nor EFER.LME, which go without saying. */
  ControlState first(Start start) {
    long longMode = bytes == Long.BYTES ? EFER_LME : 0;
    return new ControlState(
        start.cr0() | ControlState.CR0_PE, ROOT, start.cr4(), start.efer() | longMode);
  }

  /** Where an entry that the guest edits lies, guest-physical. */
  long address(Place place) {
    Long address = places.get(place);
    if (address == null) {
      throw new IllegalArgumentException(mode + " has no entry " + place);
    }
    return address;
  }
}
