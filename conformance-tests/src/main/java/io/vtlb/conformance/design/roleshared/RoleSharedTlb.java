package io.vtlb.conformance.design.roleshared;

import io.vtlb.model.event.Event;
import io.vtlb.model.event.HostResponse;
import io.vtlb.model.event.Response;
import io.vtlb.model.machine.PrivilegeSet;
import io.vtlb.model.machine.Vcpu;
import io.vtlb.model.operation.HostOperation;
import io.vtlb.model.target.ActiveEntry;
import io.vtlb.model.target.Description;
import io.vtlb.model.target.Feature;
import io.vtlb.model.target.GuestMemory;
import io.vtlb.model.target.ObservationLevel;
import io.vtlb.model.target.VirtualTlb;
import io.vtlb.model.target.VmBlueprint;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** The virtual TLB whose shadow pages are shared by guest frame and role. */
public final class RoleSharedTlb implements VirtualTlb {

  private final Set<Slip> slips;
  private final Map<Integer, VirtualMachine> machines = new HashMap<>();

  /** The design without a mistake. */
  public RoleSharedTlb() {
    this(Set.of());
  }

  /** The design with these mistakes. */
  public RoleSharedTlb(Set<Slip> slips) {
    this.slips = Set.copyOf(slips);
  }

  @Override
  public Description describe() {
    return new Description(
        "role-shared",
        ObservationLevel.SELF_REPORTING,
        Set.of(
            Feature.SEVERAL_VCPUS,
            Feature.PCID,
            Feature.PREFETCH,
            Feature.SHARING,
            Feature.RECYCLING,
            Feature.HOST_OPERATIONS,
            Feature.INTERLEAVING));
  }

  @Override
  public void create(VmBlueprint blueprint, GuestMemory memory) {
    VirtualMachine fresh = new VirtualMachine(blueprint, memory, slips);
    if (slips.contains(Slip.OLD_SHADOW_FOR_NEW_MACHINE)) {
      machines.putIfAbsent(blueprint.vm(), fresh);
    } else {
      machines.put(blueprint.vm(), fresh);
    }
  }

  @Override
  public Response handle(Event event) {
    return machine(event.vcpu().vm()).handle(event);
  }

  @Override
  public Collection<ActiveEntry> activeEntries(Vcpu vcpu, PrivilegeSet set) {
    return machine(vcpu.vm()).activeEntries(vcpu, set);
  }

  @Override
  public HostResponse follow(HostOperation operation) {
    VirtualMachine machine = machines.get(operation.vm());
    if (machine == null) {
      return HostResponse.dropping(List.of());
    }
    if (operation instanceof HostOperation.DestroyMachine
        && !slips.contains(Slip.OLD_SHADOW_FOR_NEW_MACHINE)) {
      machines.remove(operation.vm());
    }
    return machine.follow(operation);
  }

  private VirtualMachine machine(int vm) {
    return Objects.requireNonNull(machines.get(vm), () -> "no machine " + vm);
  }
}
