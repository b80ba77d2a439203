package io.vtlb.conformance.target;

import io.vtlb.model.event.Event;
import io.vtlb.model.event.HostResponse;
import io.vtlb.model.event.Response;
import io.vtlb.model.machine.PrivilegeSet;
import io.vtlb.model.machine.Vcpu;
import io.vtlb.model.operation.HostOperation;
import io.vtlb.model.reference.ReferenceVmm;
import io.vtlb.model.target.ActiveEntry;
import io.vtlb.model.target.Description;
import io.vtlb.model.target.GuestMemory;
import io.vtlb.model.target.VirtualTlb;
import io.vtlb.model.target.VmBlueprint;
import java.util.Collection;

/** The reference VMM, of which an example changes one answer. */
public class WrappedVmm implements VirtualTlb {

  private final VirtualTlb right = new ReferenceVmm();

  @Override
  public Description describe() {
    return right.describe();
  }

  @Override
  public void create(VmBlueprint blueprint, GuestMemory memory) {
    right.create(blueprint, memory);
  }

  @Override
  public HostResponse follow(HostOperation operation) {
    return right.follow(operation);
  }

  @Override
  public Response handle(Event event) {
    return right.handle(event);
  }

  @Override
  public Collection<ActiveEntry> activeEntries(Vcpu vcpu, PrivilegeSet set) {
    return right.activeEntries(vcpu, set);
  }
}
