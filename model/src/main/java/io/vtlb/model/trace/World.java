package io.vtlb.model.trace;

import io.vtlb.model.machine.Profile;
import java.util.List;

/**
 * All that a sequence of operations starts from: the processor, and each virtual machine with its
 * memory and control state.
 *
 * @param mode the name of the paging mode, for example {@code 32-bit}
 * @param profile the processor that every guest sees
 * @param caching how the processor caches what the active structures hold
 * @param machines the virtual machines; the list index is the machine's number
 */
public record World(String mode, Profile profile, Caching caching, List<Machine> machines) {

  public World {
    machines = List.copyOf(machines);
  }
}
