package io.vtlb.conformance.emulator.comparison;

import io.vtlb.model.admissible.Ways;
import io.vtlb.model.machine.Access;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.Profile;
import io.vtlb.model.memory.GuestPhysicalMemory;
import io.vtlb.model.paging.GuestWalk;

/** What a model says of one access inside one page, from an empty TLB. */
@FunctionalInterface
public interface AccessModel {

  Answer of(Access access, ControlState control, Profile profile, GuestPhysicalMemory memory);

  /**
   * What becomes of the access.
   *
   * @param walk the walk from the root
   * @param ways every admissible way; they can differ only if the model contradicts itself
   */
  record Answer(GuestWalk walk, Ways ways) {}
}
