package io.vtlb.model.reference;

import io.vtlb.model.machine.PrivilegeSet;
import io.vtlb.model.paging.GuestWalk;
import io.vtlb.model.paging.PagingMode;
import io.vtlb.model.paging.Translation;
import java.util.Optional;

/**
 * Compares all active content of a virtual CPU with the guest's and modifies every entry that does
 * not match (claims 6, 19 and 30).
 *
 * <p>It follows no event's access, so it sets no accessed bits: where the guest's are clear, an
 * entry goes.
 */
final class FullResync {

  private final VirtualMachine machine;
  private final VirtualCpu vcpu;

  FullResync(VirtualMachine machine, VirtualCpu vcpu) {
    this.machine = machine;
    this.vcpu = vcpu;
  }

  /** Resynchronises every structure; says whether any entry was modified. */
  boolean run() {
    boolean modified = false;
    for (PrivilegeSet set : PrivilegeSet.values()) {
      for (DerivedEntry derived : vcpu.structure(set).entries()) {
        modified |= resync(set, derived);
      }
    }
    return modified;
  }

  private boolean resync(PrivilegeSet set, DerivedEntry derived) {
    long page = derived.entry().page();
    ActiveStructure structure = vcpu.structure(set);
    Optional<DerivedEntry> right = derive(set, page);
    if (right.isEmpty()) {
      return structure.invalidate(page);
    }
    boolean matches =
        right.get().entry().hostFrame() == derived.entry().hostFrame()
            && right.get().entry().key() == derived.entry().key()
            && derived.entry().rights().within(right.get().entry().rights());
    structure.install(
        matches ? new DerivedEntry(derived.entry(), right.get().source()) : right.get());
    return !matches;
  }

  private Optional<DerivedEntry> derive(PrivilegeSet set, long page) {
    GuestWalk walk = machine.walker().walk(machine.memory(), vcpu.control(), page);
    boolean exists = PagingMode.of(vcpu.control()).canonicalPage(page) == page;
    return exists
            && walk.end() instanceof GuestWalk.End.Reached(Translation translation)
            && AccessedDirty.allAccessed(walk)
        ? new Derivation(machine, vcpu.control(), set).derive(translation, page)
        : Optional.empty();
  }
}
