package io.vtlb.conformance.fault;

import io.vtlb.model.event.Event;
import io.vtlb.model.event.EventCause;
import io.vtlb.model.event.ProcessorDrop;
import io.vtlb.model.event.Response;
import io.vtlb.model.machine.PrivilegeSet;
import io.vtlb.model.machine.Vcpu;
import io.vtlb.model.target.ActiveEntry;
import io.vtlb.model.target.VirtualTlb;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.function.BiPredicate;

/** Loses entries at some events; each comes back at the next fault on its page. */
final class HidingDeviation implements Deviation {

  private record Place(Vcpu vcpu, PrivilegeSet set, long page) {}

  private final BiPredicate<Event, ActiveEntry> loses;
  private final Set<Place> hidden = new HashSet<>();

  HidingDeviation(BiPredicate<Event, ActiveEntry> loses) {
    this.loses = loses;
  }

  @Override
  public Response handle(Event event, VirtualTlb right) {
    Response response = right.handle(event);
    boolean lost = false;
    for (PrivilegeSet set : PrivilegeSet.values()) {
      for (ActiveEntry entry : right.activeEntries(event.vcpu(), set)) {
        if (loses.test(event, entry)) {
          lost |= hidden.add(new Place(event.vcpu(), set, entry.page()));
        }
      }
    }
    Response answer =
        event instanceof Event.PageFault fault && comesBack(fault) && Events.resumes(response)
            ? Events.reporting(response, EventCause.INCONSISTENCY)
            : response;
    return lost ? answer.dropping(new ProcessorDrop.Everything(event.vcpu())) : answer;
  }

  private boolean comesBack(Event.PageFault fault) {
    return hidden.remove(new Place(fault.vcpu(), fault.access().set(), fault.access().page()));
  }

  @Override
  public Collection<ActiveEntry> entries(Vcpu vcpu, PrivilegeSet set, VirtualTlb right) {
    Collection<ActiveEntry> all = right.activeEntries(vcpu, set);
    return hidden.isEmpty()
        ? all
        : all.stream()
            .filter(entry -> !hidden.contains(new Place(vcpu, set, entry.page())))
            .toList();
  }
}
