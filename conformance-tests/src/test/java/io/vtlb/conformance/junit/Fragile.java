package io.vtlb.conformance.junit;

import io.vtlb.model.event.Event;
import io.vtlb.model.event.Response;
import io.vtlb.model.machine.PrivilegeSet;
import io.vtlb.model.machine.Vcpu;
import io.vtlb.model.target.ActiveEntry;
import io.vtlb.model.target.Description;
import io.vtlb.model.target.GuestMemory;
import io.vtlb.model.target.ObservationLevel;
import io.vtlb.model.target.VirtualTlb;
import io.vtlb.model.target.VmBlueprint;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * Fails at the first event. Public, made of nothing and written in the vocabulary alone, so that
 * the command line finds it as it finds a user's.
 */
public final class Fragile implements VirtualTlb {

  /** As the command line makes it. */
  public Fragile() {}

  @Override
  public Description describe() {
    return new Description("fragile", ObservationLevel.ACTIVE_STRUCTURE, Set.of());
  }

  @Override
  public void create(VmBlueprint blueprint, GuestMemory memory) {}

  @Override
  public Response handle(Event event) {
    throw new IllegalStateException("no answer");
  }

  @Override
  public Collection<ActiveEntry> activeEntries(Vcpu vcpu, PrivilegeSet set) {
    return List.of();
  }
}
