package io.vtlb.conformance.design.adversary;

import io.vtlb.model.admissible.AdmissibleTranslations;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.PrivilegeSet;
import io.vtlb.model.machine.Vcpu;
import io.vtlb.model.paging.PartialWalk;
import io.vtlb.model.target.ActiveEntry;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;

/** One virtual CPU: what it may hold, what it holds, and what its processor may hold of that. */
final class AdversaryCpu {

  /** An access has two parts at most, and both have to be there for it to complete. */
  private static final int PARTS = 2;

  /** An entry of one privilege set. */
  record Held(PrivilegeSet set, ActiveEntry entry) {}

  private final Vcpu name;
  private final AdmissibleTranslations admissible;
  private final Map<PrivilegeSet, List<ActiveEntry>> active = new EnumMap<>(PrivilegeSet.class);
  private final Set<Held> inProcessor = new LinkedHashSet<>();
  private final Deque<Long> inUse = new ArrayDeque<>(PARTS + 1);
  private int put;
  private long settledAt = -1;

  AdversaryCpu(Vcpu name, AdmissibleTranslations admissible) {
    this.name = name;
    this.admissible = admissible;
    for (PrivilegeSet set : PrivilegeSet.values()) {
      active.put(set, List.of());
    }
  }

  Vcpu name() {
    return name;
  }

  AdmissibleTranslations admissible() {
    return admissible;
  }

  ControlState control() {
    return admissible.control();
  }

  /** The root, and every partial walk that may be held and leads to a page, numbered in 4 KiB. */
  List<PartialWalk> walksTo(long page) {
    List<PartialWalk> walks = new ArrayList<>(2);
    walks.add(admissible.root());
    for (PartialWalk walk : admissible.walks()) {
      if (walk.leadsTo(page, admissible.mode())) {
        walks.add(walk);
      }
    }
    return walks;
  }

  /** What it holds for one privilege set; the same list while nothing changes. */
  List<ActiveEntry> active(PrivilegeSet set) {
    return Objects.requireNonNull(active.get(set));
  }

  /** Takes an entry in, in place of what it overlaps. */
  void hold(PrivilegeSet set, ActiveEntry entry) {
    List<ActiveEntry> entries = new ArrayList<>(active(set));
    entries.removeIf(held -> overlap(held, entry));
    entries.add(entry);
    active.put(set, List.copyOf(entries));
  }

  /** Drops the others from the active structure; the processor may keep them. */
  void keep(PrivilegeSet set, Predicate<ActiveEntry> wanted) {
    List<ActiveEntry> kept = active(set).stream().filter(wanted).toList();
    if (kept.size() < active(set).size()) {
      active.put(set, kept);
    }
  }

  /** The processor may fill itself from everything active, whenever it runs. */
  void run() {
    active.forEach(
        (set, entries) -> entries.forEach(entry -> inProcessor.add(new Held(set, entry))));
  }

  Set<Held> inProcessor() {
    return inProcessor;
  }

  /** True if nothing can have ceased to be admissible since {@link #settle}. */
  boolean isSettled() {
    return settledAt == admissible.losses();
  }

  void settle() {
    settledAt = admissible.losses();
  }

  void unsettle() {
    settledAt = -1;
  }

  /** True for what a pending access may be waiting for, which is not played with. */
  boolean needs(ActiveEntry entry) {
    return inUse.stream().anyMatch(entry::covers);
  }

  /** Nothing is pending but, perhaps, an access to this page or one beside it. */
  void pendsAround(long page) {
    inUse.removeIf(used -> Math.abs(used - page) > 1);
  }

  void pendsNowhere() {
    inUse.clear();
  }

  void use(long page) {
    inUse.remove(page);
    inUse.add(page);
    if (inUse.size() > PARTS) {
      inUse.remove();
    }
    put = 0;
  }

  /** Puts an access off; true only so often in a row. */
  boolean putOff() {
    put++;
    return put <= 2;
  }

  private static boolean overlap(ActiveEntry one, ActiveEntry other) {
    return one.page() < other.page() + other.pages() && other.page() < one.page() + one.pages();
  }
}
