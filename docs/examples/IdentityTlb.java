import io.vtlb.model.event.*;
import io.vtlb.model.machine.*;
import io.vtlb.model.target.*;
import java.util.*;

/** Wrong on purpose: maps every page to the frame of the same number modulo 8, whatever the guest's tables say. */
public final class IdentityTlb implements VirtualTlb {
  private final Map<Integer, HostMap> hosts = new HashMap<>();
  private final Map<Vcpu, Map<Long, ActiveEntry>> active = new HashMap<>();

  public Description describe() {
    return new Description("identity", ObservationLevel.ACTIVE_STRUCTURE, Set.of(Feature.FOREIGN_STORES));
  }
  public void create(VmBlueprint vm, GuestMemory memory) {
    hosts.put(vm.vm(), vm.hostMap());
  }
  public Response handle(Event event) {
    if (event instanceof Event.PageFault fault) {
      long page = fault.access().page();
      var entry = new ActiveEntry(page, 1, hosts.get(fault.vcpu().vm()).hostFrame(page & 7), new AccessRights(true, true, true));
      active.computeIfAbsent(fault.vcpu(), vcpu -> new TreeMap<>()).put(page, entry);
    }
    return Response.of(new Response.Action.Resume());
  }
  public Collection<ActiveEntry> activeEntries(Vcpu vcpu, PrivilegeSet set) {
    return active.getOrDefault(vcpu, Map.of()).values();
  }
}
