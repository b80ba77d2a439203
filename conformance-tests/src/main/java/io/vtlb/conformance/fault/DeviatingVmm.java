package io.vtlb.conformance.fault;

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

/** A right virtual TLB with one deviation. */
final class DeviatingVmm implements VirtualTlb {

  private final String name;
  private final VirtualTlb right;
  private final Deviation deviation;

  DeviatingVmm(String name, VirtualTlb right, Deviation deviation) {
    this.name = name;
    this.right = right;
    this.deviation = deviation;
  }

  @Override
  public Description describe() {
    return right.describe().named("fault:" + name);
  }

  @Override
  public void create(VmBlueprint blueprint, GuestMemory memory) {
    deviation.create(deviation.blueprint(blueprint), deviation.memory(blueprint, memory), right);
  }

  @Override
  public Response handle(Event event) {
    return deviation.handle(event, right);
  }

  @Override
  public HostResponse follow(HostOperation operation) {
    return deviation.follow(operation, right);
  }

  @Override
  public Collection<ActiveEntry> activeEntries(Vcpu vcpu, PrivilegeSet set) {
    return deviation.entries(vcpu, set, right);
  }
}
