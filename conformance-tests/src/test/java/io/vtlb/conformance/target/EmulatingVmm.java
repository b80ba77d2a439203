package io.vtlb.conformance.target;

import io.vtlb.model.event.Event;
import io.vtlb.model.event.Response;
import io.vtlb.model.machine.AccessRights;
import io.vtlb.model.machine.PageSize;
import io.vtlb.model.machine.PrivilegeSet;
import io.vtlb.model.machine.Vcpu;
import io.vtlb.model.target.ActiveEntry;
import io.vtlb.model.target.Description;
import io.vtlb.model.target.Feature;
import io.vtlb.model.target.GuestMemory;
import io.vtlb.model.target.HostMap;
import io.vtlb.model.target.ObservationLevel;
import io.vtlb.model.target.VmBlueprint;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The reference VMM, which withholds every write right and does every store itself; it shows no
 * reports, since an emulated store may make the entry wrong that was just brought in line.
 */
final class EmulatingVmm extends WrappedVmm {

  private record Machine(HostMap host, GuestMemory memory) {}

  private final Map<Integer, Machine> machines = new HashMap<>();

  @Override
  public Description describe() {
    return new Description(
        "emulating",
        ObservationLevel.ACTIVE_STRUCTURE,
        EnumSet.of(
            Feature.SEVERAL_VCPUS,
            Feature.PCID,
            Feature.FOREIGN_STORES,
            Feature.INTERCEPTS_PRIVILEGE_CHANGES,
            Feature.WRITE_TRACKING));
  }

  @Override
  public void create(VmBlueprint blueprint, GuestMemory memory) {
    machines.put(blueprint.vm(), new Machine(blueprint.hostMap(), memory));
    super.create(blueprint, memory);
  }

  @Override
  public Response handle(Event event) {
    Response response = super.handle(event);
    return event instanceof Event.PageFault fault
            && fault.access().isStore()
            && response.action() instanceof Response.Action.Resume
        ? stored(fault, response)
        : response;
  }

  private Response stored(Event.PageFault fault, Response response) {
    long page = fault.access().page();
    ActiveEntry entry =
        super.activeEntries(fault.vcpu(), fault.access().set()).stream()
            .filter(one -> one.covers(page))
            .findFirst()
            .orElseThrow();
    Machine machine = machines.get(fault.vcpu().vm());
    machine
        .memory()
        .store(
            PageSize.address(
                machine.host().guestFrame(entry.hostFrame(page)),
                PageSize.offset(fault.access().address())),
            fault.access().bytes(),
            fault.value());
    return new Response(new Response.Action.StoreEmulated(), response.drops(), Optional.empty());
  }

  @Override
  public Collection<ActiveEntry> activeEntries(Vcpu vcpu, PrivilegeSet set) {
    return List.copyOf(super.activeEntries(vcpu, set)).stream()
        .map(entry ->
            new ActiveEntry(
                entry.page(),
                entry.pages(),
                entry.hostFrame(),
                new AccessRights(entry.rights().read(), false, entry.rights().execute()),
                entry.key()))
        .filter(entry -> !entry.rights().none())
        .toList();
  }
}
