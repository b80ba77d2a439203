package io.vtlb.conformance.cell;

import io.vtlb.model.machine.PrivilegeSet;
import io.vtlb.model.machine.Vcpu;
import io.vtlb.model.target.ActiveEntry;
import java.util.List;

/** The valid active entries that a target has shown last. */
@FunctionalInterface
public interface ShownEntries {

  /** Those of a virtual CPU for one privilege set that exists. */
  List<ActiveEntry> shown(Vcpu vcpu, PrivilegeSet set);
}
