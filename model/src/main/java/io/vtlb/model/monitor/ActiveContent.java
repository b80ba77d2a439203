package io.vtlb.model.monitor;

import io.vtlb.model.machine.PrivilegeSet;
import io.vtlb.model.machine.Vcpu;
import io.vtlb.model.target.ActiveEntry;
import io.vtlb.model.target.VirtualTlb;
import java.util.List;
import java.util.Optional;

/**
 * The valid entries of a virtual CPU's active structure at one moment, for each privilege set.
 *
 * @param supervisor the entries for CPL 0 to 2
 * @param user the entries for CPL 3
 */
public record ActiveContent(List<ActiveEntry> supervisor, List<ActiveEntry> user) {

  static final ActiveContent EMPTY = new ActiveContent(List.of(), List.of());

  static ActiveContent of(VirtualTlb target, Vcpu vcpu) {
    return new ActiveContent(
        List.copyOf(target.activeEntries(vcpu, PrivilegeSet.SUPERVISOR)),
        List.copyOf(target.activeEntries(vcpu, PrivilegeSet.USER)));
  }

  /** The entries for one privilege set. */
  public List<ActiveEntry> of(PrivilegeSet set) {
    return switch (set) {
      case SUPERVISOR -> supervisor;
      case USER -> user;
    };
  }

  /** The entry of a privilege set that maps a linear page, numbered in 4 KiB. */
  public Optional<ActiveEntry> at(PrivilegeSet set, long page) {
    for (ActiveEntry entry : of(set)) {
      if (entry.covers(page)) {
        return Optional.of(entry);
      }
    }
    return Optional.empty();
  }

  boolean isEmpty() {
    return supervisor.isEmpty() && user.isEmpty();
  }

  /** The first entry here that maps or permits something that {@code earlier} did not. */
  Optional<ActiveEntry> addedOrWidened(ActiveContent earlier) {
    for (PrivilegeSet set : PrivilegeSet.values()) {
      for (ActiveEntry entry : of(set)) {
        if (!earlier.includes(set, entry)) {
          return Optional.of(entry);
        }
      }
    }
    return Optional.empty();
  }

  /**
   * True if everything that an entry maps and permits was mapped and permitted here by one entry.
   */
  boolean includes(PrivilegeSet set, ActiveEntry entry) {
    List<ActiveEntry> entries = of(set);
    if (entries.contains(entry)) {
      return true;
    }
    for (ActiveEntry mine : entries) {
      if (mine.covers(entry.page())
          && mine.covers(entry.page() + entry.pages() - 1)
          && mine.hostFrame(entry.page()) == entry.hostFrame()
          && entry.rights().within(mine.rights())) {
        return true;
      }
    }
    return false;
  }
}
