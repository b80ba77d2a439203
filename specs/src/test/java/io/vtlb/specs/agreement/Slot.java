package io.vtlb.specs.agreement;

import io.vtlb.model.machine.PrivilegeSet;
import io.vtlb.specs.evaluation.Constructor;
import io.vtlb.specs.evaluation.Value;

/**
 * One slot of a machine.
 *
 * @param page numbered in 4 KiB
 */
record Slot(PrivilegeSet set, long page) {

  private static final Constructor SLOT = Smt.constructor("slot");

  /** The slot of a machine, as the definitions have it. */
  Value of(Value machine) {
    return SLOT.of(machine, Smt.set(set), Smt.bits(page));
  }
}
