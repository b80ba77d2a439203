package io.vtlb.conformance.emulator.comparison;

import io.vtlb.model.admissible.AdmissibleTranslations;
import io.vtlb.model.admissible.Ways;
import io.vtlb.model.machine.Access;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.Profile;
import io.vtlb.model.memory.GuestPhysicalMemory;
import io.vtlb.model.paging.Walker;

/** The reference model's walk, and its ways from a set of translations that starts empty. */
public final class ReferenceModel implements AccessModel {

  @Override
  public Answer of(
      Access access, ControlState control, Profile profile, GuestPhysicalMemory memory) {
    Walker walker = new Walker(profile);
    AdmissibleTranslations fresh = new AdmissibleTranslations(walker, memory, control);
    return new Answer(
        walker.walk(memory, control, access.page()), Ways.of(access, fresh, walker, memory));
  }
}
