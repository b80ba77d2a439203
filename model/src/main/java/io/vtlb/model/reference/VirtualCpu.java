package io.vtlb.model.reference;

import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.PrivilegeSet;
import io.vtlb.model.machine.Vcpu;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;

/**
 * One virtual CPU as the VMM keeps it: control state, and an active structure for each privilege
 * set (claim 12).
 */
final class VirtualCpu {

  private final Vcpu name;
  private final Map<PrivilegeSet, ActiveStructure> structures = new EnumMap<>(PrivilegeSet.class);
  private ControlState control;
  private boolean handlesEvent;

  VirtualCpu(Vcpu name, ControlState control) {
    this.name = name;
    this.control = control;
    for (PrivilegeSet set : PrivilegeSet.values()) {
      structures.put(set, new ActiveStructure());
    }
  }

  Vcpu name() {
    return name;
  }

  ControlState control() {
    return control;
  }

  /** True while an event of this virtual CPU is handled; the host may act then. */
  boolean handlesEvent() {
    return handlesEvent;
  }

  void handlesEvent(boolean now) {
    handlesEvent = now;
  }

  void load(ControlState state) {
    control = state;
  }

  ActiveStructure structure(PrivilegeSet set) {
    ActiveStructure structure = structures.get(set);
    if (structure == null) {
      throw new IllegalStateException("no active structure for " + set);
    }
    return structure;
  }

  Collection<ActiveStructure> structures() {
    return structures.values();
  }
}
