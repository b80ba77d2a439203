package org.example;

import io.vtlb.model.machine.*;
import io.vtlb.model.operation.HostOperation;
import io.vtlb.model.target.*;
import java.util.*;

/** One virtual machine: its processor, memory and virtual CPUs, which share no entries. */
final class Machine {

  final Profile profile;
  final GuestMemory memory;
  final List<Cpu> cpus = new ArrayList<>();
  final Set<Long> written = new HashSet<>(); // guest frames, since the log was harvested
  HostMap map;
  private boolean logs;

  Machine(VmBlueprint blueprint, GuestMemory memory) {
    this.profile = blueprint.profile();
    this.memory = memory;
    this.map = blueprint.hostMap();
    for (VmBlueprint.VcpuState state : blueprint.vcpus()) {
      cpus.add(new Cpu(new Vcpu(blueprint.vm(), cpus.size()), state.control()));
    }
  }

  /** Does what the host does; for a harvest of the log, returns the frames that it names. */
  Set<Long> follow(HostOperation operation) {
    map = map.after(operation);
    if (operation instanceof HostOperation.StartDirtyLog
        || operation instanceof HostOperation.HarvestDirtyLog) {
      Set<Long> last = Set.copyOf(written);
      logs = true;
      written.clear();
      return last;
    }
    return Set.of();
  }

  /** True if a right to write would let a first write pass unlogged. */
  boolean awaitsWrite(long frame) {
    return logs && !written.contains(frame);
  }

  /** One virtual CPU: its control registers, and the entries of each privilege set by page. */
  static final class Cpu {

    /** An entry and the guest's page that it is a part of. */
    private record Held(ActiveEntry entry, GuestWalk.Page guest) {}

    final Vcpu name;
    ControlState control;
    private final Map<PrivilegeSet, Map<Long, Held>> sets = new EnumMap<>(PrivilegeSet.class);

    Cpu(Vcpu name, ControlState control) {
      this.name = name;
      this.control = control;
      for (PrivilegeSet set : PrivilegeSet.values()) {
        sets.put(set, new TreeMap<>());
      }
    }

    Collection<ActiveEntry> entries(PrivilegeSet set) {
      return sets.get(set).values().stream().map(Held::entry).toList();
    }

    /** Takes an entry in; what other privilege sets hold of its page must come of the same walk. */
    void fill(PrivilegeSet set, ActiveEntry entry, GuestWalk.Page guest) {
      long page = entry.page();
      for (Map<Long, Held> held : sets.values()) {
        held.computeIfPresent(page, (same, old) -> old.guest().equals(guest) ? old : null);
      }
      sets.get(set).put(page, new Held(entry, guest));
    }

    /** Drops all parts of the guest's page that this page, numbered in 4 KiB, is a part of. */
    void dropPage(long page) {
      sets.values().forEach(held -> held.values().removeIf(one -> one.guest().covers(page)));
    }

    void dropAll() {
      sets.values().forEach(Map::clear);
    }
  }
}
