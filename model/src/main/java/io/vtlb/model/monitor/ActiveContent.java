package io.vtlb.model.monitor;

import io.vtlb.model.machine.ControlState;
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
 * @param supervisorAc the entries for CPL 0 to 2 with EFLAGS.AC=1, where SMAP is on
 */
public record ActiveContent(
    List<ActiveEntry> supervisor, List<ActiveEntry> user, List<ActiveEntry> supervisorAc) {

  static final ActiveContent EMPTY = new ActiveContent(List.of(), List.of(), List.of());

  static ActiveContent of(VirtualTlb target, Vcpu vcpu, ControlState control) {
    return new ActiveContent(
        entries(target, vcpu, PrivilegeSet.SUPERVISOR, control),
        entries(target, vcpu, PrivilegeSet.USER, control),
        entries(target, vcpu, PrivilegeSet.SUPERVISOR_AC, control));
  }

  /** What the target shows now: this very content, if it shows the same lists. */
  @SuppressWarnings("ReferenceEquality") // the same list is the cheap sign of the same content
  ActiveContent refreshed(VirtualTlb target, Vcpu vcpu, ControlState control) {
    ActiveContent now = of(target, vcpu, control);
    boolean same =
        now.supervisor == supervisor && now.user == user && now.supervisorAc == supervisorAc;
    return same ? this : now;
  }

  private static List<ActiveEntry> entries(
      VirtualTlb target, Vcpu vcpu, PrivilegeSet set, ControlState control) {
    return set.exists(control) ? List.copyOf(target.activeEntries(vcpu, set)) : List.of();
  }

  /** The entries for one privilege set. */
  public List<ActiveEntry> of(PrivilegeSet set) {
    return switch (set) {
      case SUPERVISOR -> supervisor;
      case USER -> user;
      case SUPERVISOR_AC -> supervisorAc;
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
    return supervisor.isEmpty() && user.isEmpty() && supervisorAc.isEmpty();
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
          && keyIncludes(mine, entry)
          && entry.rights().within(mine.rights())) {
        return true;
      }
    }
    return false;
  }

  /** Keys restrict data accesses only, and none restricts no more than another. */
  private static boolean keyIncludes(ActiveEntry mine, ActiveEntry entry) {
    return mine.key() == entry.key()
        || mine.key() == ActiveEntry.NO_KEY
        || !(entry.rights().read() || entry.rights().write());
  }
}
