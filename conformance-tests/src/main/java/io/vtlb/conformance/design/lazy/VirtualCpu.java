package io.vtlb.conformance.design.lazy;

import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.PrivilegeSet;
import io.vtlb.model.machine.Vcpu;
import io.vtlb.model.target.ActiveEntry;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * One virtual CPU: its control state, and a table for each privilege set (claim 12). A change of
 * privilege loads another table and leaves all of them as they are (claim 13).
 */
final class VirtualCpu {

  private final Vcpu name;
  private final Map<PrivilegeSet, List<CachedPage>> tables = new EnumMap<>(PrivilegeSet.class);
  private ControlState control;

  VirtualCpu(Vcpu name, ControlState control, boolean oneTable) {
    this.name = name;
    this.control = control;
    List<CachedPage> only = new ArrayList<>();
    for (PrivilegeSet set : PrivilegeSet.values()) {
      tables.put(set, oneTable ? only : new ArrayList<>());
    }
  }

  Vcpu name() {
    return name;
  }

  ControlState control() {
    return control;
  }

  void load(ControlState state) {
    control = state;
  }

  /** What the processor sees in one privilege set; nothing at first (claim 10). */
  List<ActiveEntry> entries(PrivilegeSet set) {
    return table(set).stream().map(CachedPage::entry).toList();
  }

  /** Takes an entry in, in place of what it overlaps. */
  void fill(PrivilegeSet set, CachedPage page) {
    table(set).removeIf(held -> held.overlaps(page.entry()));
    table(set).add(page);
  }

  private List<CachedPage> table(PrivilegeSet set) {
    return Objects.requireNonNull(tables.get(set));
  }

  /** Forgets, in the table of every privilege set. */
  void forget(Predicate<CachedPage> unwanted) {
    tables.values().forEach(table -> table.removeIf(unwanted));
  }

  void forgetEverything() {
    forget(page -> true);
  }
}
