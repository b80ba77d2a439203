package io.vtlb.conformance.generate;

import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.Profile;
import io.vtlb.model.target.HostMap;
import io.vtlb.model.target.HostRange;
import io.vtlb.model.target.VmBlueprint.VcpuState;
import io.vtlb.model.trace.Caching;
import io.vtlb.model.trace.Machine;
import io.vtlb.model.trace.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * Makes small worlds: one to three machines with two directories and three tables each, aliased and
 * shared.
 */
final class WorldGenerator {

  private static final int WINDOW_FLAGS = 0x63;
  private static final int LARGE_WINDOW = 0xE3;

  private final SplittableRandom choices;

  WorldGenerator(SplittableRandom choices) {
    this.choices = choices;
  }

  World world() {
    int machines = choices.nextInt(3) == 0 ? choices.nextInt(2) + 2 : 1;
    List<Machine> all = new ArrayList<>(machines);
    for (int vm = 0; vm < machines; vm++) {
      all.add(machine(vm));
    }
    Caching.Policy[] policies = Caching.Policy.values();
    Caching caching =
        new Caching(policies[choices.nextInt(policies.length)], choices.nextInt(1 << 16));
    return new World("32-bit", profile(), caching, all);
  }

  private Profile profile() {
    return switch (choices.nextInt(4)) {
      case 0 -> new Profile("pse36-36", 36, true, true);
      case 1 -> new Profile("no-pse36", 32, false, true);
      default -> Profile.GENERIC_32;
    };
  }

  private Machine machine(int vm) {
    Terrain terrain = Terrain.USUAL;
    long cr4 = chance(75) ? ControlState.CR4_PSE : 0;
    if (chance(50)) {
      cr4 |= ControlState.CR4_PGE;
    }
    long cr0 = ControlState.CR0_PE | ControlState.CR0_PG;
    if (chance(70)) {
      cr0 |= ControlState.CR0_WP;
    }
    long cr3 = (long) terrain.roots().get(choices.nextInt(terrain.roots().size())) << 12;
    VcpuState state = new VcpuState(new ControlState(cr0, cr3, cr4, 0), chance(35) ? 3 : 0);
    return new Machine(
        List.of(state), hostMap(vm), words(terrain, (cr4 & ControlState.CR4_PSE) != 0));
  }

  /**
   * Low memory lies scattered on the host; high memory is a whole 4 MiB run, or only its first
   * frames.
   */
  private HostMap hostMap(int vm) {
    long base = 0x10_0000L * (vm + 1);
    boolean whole = choices.nextBoolean();
    return new HostMap(
        List.of(
            new HostRange(0, base + 0x58, 8),
            new HostRange(8, base + 0x20, 8),
            new HostRange(1024, base + 0x400, whole ? 1024 : 4)));
  }

  private List<Machine.Word> words(Terrain terrain, boolean mayUseLargeWindow) {
    EntryChoice entries = new EntryChoice(choices, terrain);
    Map<Long, Integer> words = new TreeMap<>();
    int windowEntry =
        mayUseLargeWindow && choices.nextBoolean()
            ? LARGE_WINDOW
            : terrain.window() << 12 | WINDOW_FLAGS;
    for (int root : terrain.roots()) {
      for (int index : Terrain.DIRECTORY_INDICES) {
        words.put(Terrain.entryAddress(root, index), entries.directoryEntry());
      }
      words.put(Terrain.entryAddress(root, Terrain.WINDOW_INDEX), windowEntry);
    }
    for (int table : terrain.tables()) {
      for (int index : Terrain.TABLE_INDICES) {
        words.put(Terrain.entryAddress(table, index), entries.tableEntry());
      }
    }
    for (int frame = 1; frame <= terrain.window(); frame++) {
      words.put(Terrain.entryAddress(terrain.window(), frame), frame << 12 | WINDOW_FLAGS);
    }
    List<Machine.Word> list = new ArrayList<>(words.size());
    words.forEach((address, value) -> list.add(new Machine.Word(address, value)));
    return list;
  }

  private boolean chance(int percent) {
    return choices.nextInt(100) < percent;
  }
}
