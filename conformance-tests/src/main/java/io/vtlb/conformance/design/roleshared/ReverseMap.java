package io.vtlb.conformance.design.roleshared;

import io.vtlb.conformance.design.roleshared.ShadowPage.Slot;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/** The shadow leaves that map each guest frame, wherever they are: what write protection needs. */
final class ReverseMap {

  private static final long LARGEST = 1L << (2 * Role.INDEX_BITS);

  /** By first guest frame. */
  private final NavigableMap<Long, Set<Slot>> leaves = new TreeMap<>();

  private final Set<Slip> slips;

  ReverseMap(Set<Slip> slips) {
    this.slips = slips;
  }

  void add(long frame, Slot slot) {
    leaves.computeIfAbsent(frame, key -> new LinkedHashSet<>()).add(slot);
  }

  void remove(long frame, Slot slot) {
    Set<Slot> there = leaves.get(frame);
    if (there != null && there.remove(slot) && there.isEmpty()) {
      leaves.remove(frame);
    }
  }

  /** The leaves of any size that map some frame of a run. */
  List<Slot> of(long first, long frames) {
    List<Slot> found = new ArrayList<>();
    long reach = slips.contains(Slip.REVERSE_MAP_MISSES_LARGE_LEAVES) ? 1 : LARGEST;
    leaves
        .subMap(first - reach + 1, true, first + frames, false)
        .forEach((frame, slots) -> {
          for (Slot slot : slots) {
            if (frame + slot.page().role.pages() > first) {
              found.add(slot);
            }
          }
        });
    return found;
  }

  /** Every leaf. */
  List<Slot> all() {
    List<Slot> found = new ArrayList<>();
    leaves.values().forEach(found::addAll);
    return found;
  }
}
