package io.vtlb.conformance.generate;

import io.vtlb.model.control.PdpteLoad;
import io.vtlb.model.machine.Capability;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.PageSize;
import io.vtlb.model.machine.PdpteRegisters;
import io.vtlb.model.machine.Profile;
import io.vtlb.model.machine.Vendor;
import io.vtlb.model.paging.PagingMode;
import io.vtlb.model.target.Feature;
import io.vtlb.model.target.HostMap;
import io.vtlb.model.target.HostRange;
import io.vtlb.model.target.VmBlueprint.VcpuState;
import io.vtlb.model.trace.Caching;
import io.vtlb.model.trace.Machine;
import io.vtlb.model.trace.World;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Makes small worlds: one to three machines of one to three virtual CPUs, with two or three tables
 * for each level, aliased and shared.
 */
final class WorldGenerator {

  /** The label of a world whose sequence changes the paging mode. */
  static final String MIXED = "mixed";

  private static final long WINDOW_FLAGS = 0x63;
  private static final long LARGE_WINDOW = 0xE3;
  private static final int[] REACHES = {36, 40, 46, 52};

  private final SplittableRandom choices;
  private final SequenceModes modes;
  private final Set<Feature> features;
  private final boolean readOnlyMemory;

  /**
   * @param features what the target declares
   * @param readOnlyMemory true if some memory is to be read-only for the guest
   */
  WorldGenerator(
      SplittableRandom choices,
      SequenceModes modes,
      Set<Feature> features,
      boolean readOnlyMemory) {
    this.choices = choices;
    this.modes = modes;
    this.features = features;
    this.readOnlyMemory = readOnlyMemory;
  }

  World world() {
    PagingMode mode = startingMode();
    boolean changes = modes.changes() && chance(40);
    Profile profile =
        mode.equals(PagingMode.TWO_LEVEL) && !changes ? oldProfile() : newProfile(mode, changes);
    int machines = choices.nextInt(3) == 0 ? choices.nextInt(2) + 2 : 1;
    List<Machine> all = new ArrayList<>(machines);
    for (int vm = 0; vm < machines; vm++) {
      all.add(machine(vm, mode, changes, profile));
    }
    Caching.Policy[] policies = Caching.Policy.values();
    Caching caching =
        new Caching(policies[choices.nextInt(policies.length)], choices.nextInt(1 << 16));
    return new World(changes ? MIXED : mode.name(), profile, caching, all);
  }

  private PagingMode startingMode() {
    List<PagingMode> possible = modes.starts();
    PagingMode mode = possible.get(choices.nextInt(possible.size()));
    // Without paging little can go wrong, so it seldom is where a sequence starts.
    return mode.levels().isEmpty() && chance(75) ? modes.usual() : mode;
  }

  private Profile oldProfile() {
    Set<Capability> pse36 = EnumSet.of(Capability.PSE36);
    return switch (choices.nextInt(4)) {
      case 0 -> new Profile("pse36-36", Vendor.INTEL, 36, pse36, true);
      case 1 -> new Profile("no-pse36", Vendor.INTEL, 32, EnumSet.noneOf(Capability.class), true);
      case 2 ->
          new Profile(
              "smep-smap",
              Vendor.INTEL,
              40,
              EnumSet.of(Capability.PSE36, Capability.SMEP, Capability.SMAP),
              true);
      default -> Profile.GENERIC_32;
    };
  }

  private Profile newProfile(PagingMode mode, boolean changes) {
    Set<Capability> offered = EnumSet.allOf(Capability.class);
    for (Capability capability :
        List.of(Capability.PAGES_1G, Capability.NO_EXECUTE, Capability.PSE36)) {
      if (chance(15)) {
        offered.remove(capability);
      }
    }
    if (!changes && !mode.signExtended()) {
      offered.remove(Capability.LONG_MODE);
    }
    offered.removeAll(LimitedProcessor.withheld(modes.served(), features));
    Vendor vendor = chance(30) ? Vendor.AMD : Vendor.INTEL;
    int reach = REACHES[choices.nextInt(REACHES.length)];
    String name = vendor == Vendor.AMD ? "amd-" + reach : "intel-" + reach;
    boolean spuriousFaults = chance(90) || features.contains(Feature.SPURIOUS_FAULTS);
    return new Profile(name, vendor, reach, offered, spuriousFaults);
  }

  private Machine machine(int vm, PagingMode mode, boolean changes, Profile profile) {
    HostMap hostMap = hostMap(vm);
    WrittenWords memory = new WrittenWords();
    for (PagingMode populated : changes ? modes.reachable() : List.of(mode)) {
      populate(memory, Terrain.of(populated), profile);
    }
    int drawn = chance(60) ? 1 : chance(70) ? 2 : 3;
    int vcpus = features.contains(Feature.SEVERAL_VCPUS) ? drawn : 1;
    List<VcpuState> states = new ArrayList<>(vcpus);
    for (int index = 0; index < vcpus; index++) {
      states.add(state(mode, profile, memory));
    }
    return new Machine(states, hostMap, memory.list());
  }

  private VcpuState state(PagingMode mode, Profile profile, WrittenWords memory) {
    Terrain terrain = Terrain.of(mode);
    long cr0 = ControlState.CR0_PE | choose(70, ControlState.CR0_WP);
    long cr4 =
        choose(75, ControlState.CR4_PSE)
            | choose(50, ControlState.CR4_PGE)
            | choose(profile, Capability.SMEP, 30, ControlState.CR4_SMEP)
            | choose(profile, Capability.SMAP, 30, ControlState.CR4_SMAP);
    long efer = choose(profile, Capability.NO_EXECUTE, 85, ControlState.EFER_NXE);
    long cr3 = 0;
    if (!terrain.mode().levels().isEmpty()) {
      cr0 |= ControlState.CR0_PG;
      List<Long> roots = terrain.tables().getFirst();
      cr3 = roots.get(choices.nextInt(roots.size()));
    }
    if (mode.format().bytes() == Long.BYTES) {
      cr4 |= ControlState.CR4_PAE;
    }
    if (mode.signExtended()) {
      efer |= ControlState.EFER_LME | ControlState.EFER_LMA;
      cr4 |= mode.equals(PagingMode.FIVE_LEVEL) ? ControlState.CR4_LA57 : 0;
      cr4 |= choose(profile, Capability.PCID, 60, ControlState.CR4_PCIDE);
      cr4 |= choose(profile, Capability.PROTECTION_KEYS, 50, ControlState.CR4_PKE);
    }
    ControlState control = new ControlState(cr0, cr3, cr4, efer);
    if (control.processContexts()) {
      control = new ControlState(cr0, cr3 | choices.nextInt(3), cr4, efer);
    }
    if (control.paePaging()) {
      control = control.with(PdpteLoad.of(control, profile, memory).orElse(PdpteRegisters.NONE));
    }
    int pkru = control.protectionKeys() && chance(60) ? pkru(choices) : 0;
    return new VcpuState(control, chance(35) ? 3 : 0, chance(30), pkru);
  }

  /** A PKRU value that restricts some of the keys that entries are given. */
  static int pkru(SplittableRandom choices) {
    int value = 0;
    for (int key : new int[] {0, 1, 2, 15}) {
      value |= (key == 0 && choices.nextInt(4) != 0 ? 0 : choices.nextInt(4)) << (2 * key);
    }
    return value;
  }

  /**
   * Low memory lies scattered on the host; high memory is a whole 4 MiB run, or only its first
   * frames, and there may be a whole gigabyte.
   */
  private HostMap hostMap(int vm) {
    long base = 0x10_0000L * (vm + 1);
    boolean whole = choices.nextBoolean();
    List<HostRange> ranges = new ArrayList<>(4);
    ranges.add(new HostRange(0, base + 0x58, 8));
    ranges.add(new HostRange(8, base + 0x20, Terrain.LOW_FRAMES - 8));
    ranges.add(new HostRange(1024, base + 0x400, whole ? 1024 : 4));
    if (chance(40)) {
      ranges.add(
          new HostRange(
              PageSize.LARGE_1G, base + PageSize.LARGE_1G, chance(50) ? PageSize.LARGE_1G : 4));
    }
    HostMap map = new HostMap(ranges);
    return readOnlyMemory ? partlyReadOnly(map) : map;
  }

  /** Some data, or part of what a large page maps; seldom a frame of tables. */
  private HostMap partlyReadOnly(HostMap map) {
    int kind = choices.nextInt(10);
    if (kind < 5) {
      return map.protecting(Terrain.DATA.get(choices.nextInt(3)), 1 + choices.nextInt(2), true);
    }
    if (kind < 9) {
      return map.protecting(1024 + choices.nextInt(3), 1, true);
    }
    return map.protecting(1 + choices.nextInt(Terrain.LAST_TABLE_FRAME), 1, true);
  }

  private void populate(WrittenWords memory, Terrain terrain, Profile profile) {
    EntryChoice entries = new EntryChoice(choices, terrain, profile);
    int bytes = terrain.mode().format().bytes();
    for (int depth = 0; depth < terrain.depths(); depth++) {
      boolean registers = !terrain.mode().level(depth).inMemory();
      for (long table : terrain.tables().get(depth)) {
        for (int index : terrain.indices().get(depth)) {
          long entry = registers ? entries.registerEntry(depth) : entries.entry(depth);
          memory.store(terrain.entryAddress(table, index), bytes, entry);
        }
      }
    }
    if (terrain.depths() > 0) {
      openWindow(memory, terrain);
    }
  }

  /**
   * The path of entries through which a guest sees its tables: never edited, supervisor-only, A and
   * D set, by pages of the smallest size or by one larger page.
   */
  private void openWindow(WrittenWords memory, Terrain terrain) {
    int bytes = terrain.mode().format().bytes();
    int last = terrain.depths() - 1;
    boolean large = choices.nextInt(4) != 0;
    for (int depth = 0; depth <= last; depth++) {
      int index = terrain.windowPath().get(depth);
      long next = depth < last ? terrain.windowTables().get(depth + 1) : 0;
      boolean register = !terrain.mode().level(depth).inMemory();
      long entry = register ? next | 1 : next | WINDOW_FLAGS;
      // In 32-bit mode a large page needs CR4.PSE, which a sequence may change.
      if (depth == last - 1 && large && bytes == Long.BYTES) {
        entry = LARGE_WINDOW;
      }
      if (depth == last) {
        for (int frame = 1; frame <= Terrain.LAST_TABLE_FRAME; frame++) {
          long page = (long) frame << PageSize.BASE_SHIFT | WINDOW_FLAGS;
          memory.store(terrain.entryAddress(terrain.windowTables().get(depth), frame), bytes, page);
        }
      } else if (terrain.windowTables().get(depth) == Terrain.EVERY_TABLE) {
        for (long table : terrain.tables().get(depth)) {
          memory.store(terrain.entryAddress(table, index), bytes, entry);
        }
      } else {
        memory.store(terrain.entryAddress(terrain.windowTables().get(depth), index), bytes, entry);
      }
      if (depth == last - 1 && large && bytes == Long.BYTES) {
        return;
      }
    }
  }

  private long choose(int percent, long bit) {
    return chance(percent) ? bit : 0;
  }

  private long choose(Profile profile, Capability capability, int percent, long bit) {
    return profile.has(capability) ? choose(percent, bit) : 0;
  }

  private boolean chance(int percent) {
    return choices.nextInt(100) < percent;
  }
}
