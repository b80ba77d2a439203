package io.vtlb.model.reference;

import io.vtlb.model.machine.PrivilegeSet;
import io.vtlb.model.paging.Translation;
import java.util.Optional;

/**
 * Makes the active entries of one linear page match the guest's translation of it (claims 5, 18 and
 * 29).
 *
 * <p>Only the privilege set of the event receives a new entry; the other's is corrected if it has
 * one.
 */
final class PartialResync {

  private final VirtualMachine machine;
  private final VirtualCpu vcpu;

  PartialResync(VirtualMachine machine, VirtualCpu vcpu) {
    this.machine = machine;
    this.vcpu = vcpu;
  }

  /**
   * Resynchronises the entries of a page; says whether an entry that was valid has been modified.
   */
  boolean run(Translation guest, long page, PrivilegeSet concerned) {
    boolean modified = false;
    for (PrivilegeSet set : PrivilegeSet.values()) {
      ActiveStructure structure = vcpu.structure(set);
      boolean wasValid = structure.invalidate(page);
      Optional<DerivedEntry> derived =
          new Derivation(machine, vcpu.control(), set).derive(guest, page);
      if (set == concerned || wasValid) {
        derived.ifPresent(structure::install);
      }
      modified |= wasValid;
    }
    return modified;
  }
}
