package io.vtlb.conformance.design.lazy;

import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.PrivilegeSet;
import io.vtlb.model.machine.Vcpu;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * One virtual CPU: its control state, and a table for each privilege set (claim 12). A change of
 * privilege loads another table and leaves all of them as they are (claim 13).
 */
final class VirtualCpu {

  private final Vcpu name;
  private final Map<PrivilegeSet, ActiveTable> tables = new EnumMap<>(PrivilegeSet.class);
  private ControlState control;

  VirtualCpu(Vcpu name, ControlState control, boolean oneTable) {
    this.name = name;
    this.control = control;
    ActiveTable only = new ActiveTable();
    for (PrivilegeSet set : PrivilegeSet.values()) {
      tables.put(set, oneTable ? only : new ActiveTable());
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

  ActiveTable table(PrivilegeSet set) {
    return Objects.requireNonNull(tables.get(set));
  }

  /** Forgets, in the table of every privilege set. */
  void forget(Predicate<CachedPage> unwanted) {
    tables.values().forEach(table -> table.forget(unwanted));
  }

  void forgetEverything() {
    forget(page -> true);
  }
}
