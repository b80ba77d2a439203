package io.vtlb.conformance.protocol;

import io.vtlb.model.event.Event;
import io.vtlb.model.event.HostResponse;
import io.vtlb.model.event.Response;
import io.vtlb.model.machine.PrivilegeSet;
import io.vtlb.model.machine.Vcpu;
import io.vtlb.model.operation.HostOperation;
import io.vtlb.model.target.ActiveEntry;
import io.vtlb.model.target.Description;
import io.vtlb.model.target.GuestMemory;
import io.vtlb.model.target.VirtualTlb;
import io.vtlb.model.target.VmBlueprint;
import java.util.Collection;

/**
 * A virtual TLB that says something else of itself.
 *
 * @param describe what it says
 */
record Redescribed(VirtualTlb tlb, Description describe) implements VirtualTlb {

  @Override
  public void create(VmBlueprint blueprint, GuestMemory memory) {
    tlb.create(blueprint, memory);
  }

  @Override
  public Response handle(Event event) {
    return tlb.handle(event);
  }

  @Override
  public Collection<ActiveEntry> activeEntries(Vcpu vcpu, PrivilegeSet set) {
    return tlb.activeEntries(vcpu, set);
  }

  @Override
  public HostResponse follow(HostOperation operation) {
    return tlb.follow(operation);
  }
}
