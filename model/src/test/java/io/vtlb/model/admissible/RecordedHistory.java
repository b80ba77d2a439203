package io.vtlb.model.admissible;

import static io.vtlb.model.guest.GuestEntry.flags;

import io.vtlb.model.machine.ControlRegister;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.PageSize;
import io.vtlb.model.machine.Profile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The definition of admissible translations by history, for 32-bit paging: all that ever happened
 * is recorded, and a translation is searched for in it.
 *
 * <p>A translation of a page is admissible now if there are moments t1 &le; t2 &le; now such that
 * the PDE that CR3 of t1 leads to, as it was at t1, leads to the PTE as it was at t2; no
 * invalidation of paging-structure caches for that walk lies between t1 and t2; and none of TLB
 * entries for that page lies between t2 and now. It shares no code with what it is the oracle of,
 * entry formats included.
 */
final class RecordedHistory {

  private static final int PRESENT_ACCESSED = flags("PA");
  private static final int WRITABLE = flags("W");
  private static final int USER = flags("U");
  private static final int DIRTY = flags("D");
  private static final int SIZE = flags("L");
  private static final int GLOBAL = flags("G");

  /** A state of the machine, with what was forgotten on the way to it. */
  private record Moment(Forgotten before, ControlState control, Map<Long, Integer> words) {

    int entry(long table, long index) {
      return words.getOrDefault(table * PageSize.BASE_BYTES + index * 4, 0);
    }
  }

  private final Profile profile;
  private final List<Moment> moments = new ArrayList<>();

  RecordedHistory(Profile profile, ControlState control, Map<Long, Integer> words) {
    this.profile = profile;
    moments.add(new Moment(new Forgotten.Nothing(), control, Map.copyOf(words)));
  }

  ControlState control() {
    return now().control();
  }

  int word(long address) {
    return now().words().getOrDefault(address, 0);
  }

  void store(long address, int value) {
    Map<Long, Integer> words = new HashMap<>(now().words());
    words.put(address, value);
    moments.add(new Moment(new Forgotten.Nothing(), control(), words));
  }

  void invalidatePage(long page) {
    forget(new Forgotten.OfPage(page, mapsLarge(page), true));
  }

  /** Less than 4.10.4.1 promises: only the fragment that faulted has to go (docs/adr/0003). */
  void deliverFault(long page) {
    forget(new Forgotten.OfPage(page, false, false));
  }

  /** Nothing that is complete has to go (docs/adr/0003). */
  void deliverWalkFault(long page) {
    forget(new Forgotten.WalksTo(page));
  }

  void writeControl(ControlRegister register, long value) {
    ControlState after = control().with(register, value);
    long changed = control().cr4() ^ after.cr4();
    Forgotten forgotten = new Forgotten.Nothing();
    if (register == ControlRegister.CR3) {
      forgotten = new Forgotten.All(false);
    } else if ((changed & ControlState.CR4_PGE) != 0) {
      forgotten = new Forgotten.All(true);
    }
    moments.add(new Moment(forgotten, after, now().words()));
  }

  /** The fragments of a page that are admissible now. */
  Set<Fragment> fragments(long page) {
    Set<Fragment> found = new HashSet<>();
    long region = Forgotten.region(page);
    for (int t1 = 0; t1 < moments.size(); t1++) {
      int directoryEntry = directoryEntry(moments.get(t1), region);
      if (!isUsed(directoryEntry)) {
        continue;
      }
      if (isLarge(directoryEntry, moments.get(t1).control())) {
        if (isSound(directoryEntry)) {
          Fragment fragment = largeFragment(directoryEntry, moments.get(t1).control(), page);
          if (survives(t1, page, true, fragment.global())) {
            found.add(fragment);
          }
        }
        continue;
      }
      for (int t2 = t1; t2 < moments.size(); t2++) {
        if (t2 > t1 && moments.get(t2).before().coversWalk(region)) {
          break;
        }
        int entry = moments.get(t2).entry(frame(directoryEntry), page % PageSize.LARGE_4M);
        if (isUsed(entry)) {
          Fragment fragment =
              fragment(frame(entry), directoryEntry & entry, entry, moments.get(t2).control());
          if (survives(t2, page, false, fragment.global())) {
            found.add(fragment);
          }
        }
      }
    }
    return found;
  }

  /**
   * The 4 MiB pages of a region that are admissible now with no page missing, by their first
   * fragment.
   */
  Set<Fragment> wholeLargePages(long region) {
    Set<Fragment> found = new HashSet<>();
    for (int t1 = 0; t1 < moments.size(); t1++) {
      ControlState control = moments.get(t1).control();
      int entry = directoryEntry(moments.get(t1), region);
      if (isUsed(entry) && isLarge(entry, control) && isSound(entry)) {
        Fragment first = largeFragment(entry, control, region * PageSize.LARGE_4M);
        boolean whole = true;
        for (int later = t1 + 1; later < moments.size() && whole; later++) {
          whole = leavesWhole(moments.get(later).before(), region, first.global());
        }
        if (whole) {
          found.add(first);
        }
      }
    }
    return found;
  }

  private static boolean leavesWhole(Forgotten forgotten, long region, boolean global) {
    return switch (forgotten) {
      case Forgotten.Nothing nothing -> true;
      case Forgotten.WalksTo walks -> true;
      case Forgotten.All(boolean globals) -> global && !globals;
      case Forgotten.OfPage(long page, boolean large, boolean walks) ->
          Forgotten.region(page) != region;
    };
  }

  /** A table that a partial walk for a region may have reached. */
  record Reached(long region, long table, boolean writable, boolean user) {}

  /** The partial walks that are admissible now, for some regions. */
  Set<Reached> walks(long regions) {
    Set<Reached> found = new HashSet<>();
    for (long region = 0; region < regions; region++) {
      for (int t1 = moments.size() - 1; t1 >= 0; t1--) {
        int entry = directoryEntry(moments.get(t1), region);
        if (isUsed(entry) && !isLarge(entry, moments.get(t1).control())) {
          found.add(
              new Reached(region, frame(entry), (entry & WRITABLE) != 0, (entry & USER) != 0));
        }
        if (moments.get(t1).before().coversWalk(region)) {
          break;
        }
      }
    }
    return found;
  }

  /** True if what a processor may read now, with nothing cached, leads to this fragment. */
  boolean isFresh(long page, Fragment fragment) {
    RecordedHistory onlyNow = new RecordedHistory(profile, control(), now().words());
    return onlyNow.fragments(page).contains(fragment);
  }

  private boolean survives(int since, long page, boolean large, boolean global) {
    for (int later = since + 1; later < moments.size(); later++) {
      if (moments.get(later).before().coversPage(page, large, global)) {
        return false;
      }
    }
    return true;
  }

  private void forget(Forgotten forgotten) {
    moments.add(new Moment(forgotten, control(), now().words()));
  }

  private boolean mapsLarge(long page) {
    int entry = directoryEntry(now(), Forgotten.region(page));
    return (entry & flags("P")) != 0 && isLarge(entry, control()) && isSound(entry);
  }

  private Moment now() {
    return moments.getLast();
  }

  private static int directoryEntry(Moment moment, long region) {
    return moment.entry((moment.control().cr3() & 0xFFFF_FFFFL) >>> 12, region);
  }

  private static boolean isUsed(int entry) {
    return (entry & PRESENT_ACCESSED) == PRESENT_ACCESSED;
  }

  private static boolean isLarge(int entry, ControlState control) {
    return (entry & SIZE) != 0 && (control.cr4() & ControlState.CR4_PSE) != 0;
  }

  /** No reserved bit of a 4 MiB page's entry is set: bits 21 down to M-19 (table 4-4). */
  private boolean isSound(int entry) {
    int reach = profile.pse36() ? Math.min(40, profile.physicalAddressBits()) : 32;
    for (int bit = 21; bit >= reach - 19; bit--) {
      if ((entry & 1 << bit) != 0) {
        return false;
      }
    }
    return true;
  }

  private static long frame(int entry) {
    return Integer.toUnsignedLong(entry) >>> 12;
  }

  /**
   * Bits 31:22 of the address from the same bits, and 39:32 from bits 20:13, which are clear
   * without PSE-36.
   */
  private static Fragment largeFragment(int entry, ControlState control, long page) {
    long address = (entry & 0xFFC0_0000L) + ((entry & 0x001F_E000L) << 19);
    return fragment(address / 4096 + page % PageSize.LARGE_4M, entry, entry, control);
  }

  private static Fragment fragment(long frame, int combined, int leaf, ControlState control) {
    return new Fragment(
        frame,
        (combined & WRITABLE) != 0,
        (combined & USER) != 0,
        true,
        (leaf & GLOBAL) != 0 && (control.cr4() & ControlState.CR4_PGE) != 0,
        (leaf & DIRTY) != 0);
  }
}
