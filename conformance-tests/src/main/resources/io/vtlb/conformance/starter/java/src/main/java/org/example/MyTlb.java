package org.example;

import io.vtlb.model.event.Event;
import io.vtlb.model.event.Response;
import io.vtlb.model.machine.Paging;
import io.vtlb.model.machine.PrivilegeSet;
import io.vtlb.model.machine.Vcpu;
import io.vtlb.model.target.ActiveEntry;
import io.vtlb.model.target.Description;
import io.vtlb.model.target.GuestMemory;
import io.vtlb.model.target.ObservationLevel;
import io.vtlb.model.target.VirtualTlb;
import io.vtlb.model.target.VmBlueprint;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The beginning of a virtual TLB: it answers every event by resuming, and shows no entries. So it
 * breaks the first rule that it meets, and the kit says which.
 *
 * <p>Begin with {@link #pageFault}, then {@link #activeEntries}. The kit's
 * docs/your-first-target.md goes from here to a virtual TLB that conforms (in Python); a complete
 * one in Java is conformance-tests/examples/java.
 */
public final class MyTlb implements VirtualTlb {

  private final Map<Integer, VmBlueprint> machines = new HashMap<>();
  private final Map<Integer, GuestMemory> memories = new HashMap<>();

  @Override
  public Description describe() {
    // SELF_REPORTING once your answers also report; then more modes, and features one by one.
    return new Description(
        "my-tlb", "0.1", ObservationLevel.ACTIVE_STRUCTURE, EnumSet.of(Paging.TWO_LEVEL), Set.of());
  }

  @Override
  public void create(VmBlueprint blueprint, GuestMemory memory) {
    machines.put(blueprint.vm(), blueprint);
    memories.put(blueprint.vm(), memory);
  }

  @Override
  public Response handle(Event event) {
    return switch (event) {
      case Event.PageFault fault -> pageFault(fault);
      // Later: what you have of this page must go, here and in the processor (dropping).
      case Event.InvalidatePage invalidate -> resume();
      case Event.InvalidatePcid invalidate -> resume();
      // Later: what was made under the registers as they were must go.
      case Event.ControlWrite write -> resume();
      case Event.PrivilegeChange change -> resume();
    };
  }

  /** Answers an access that the entries did not let through. */
  private Response pageFault(Event.PageFault fault) {
    // First: walk the guest's tables, by memories.get(fault.vcpu().vm()).read(address, bytes), from
    // CR3 as the blueprint has it until a ControlWrite changes it. If they permit the access, keep
    // an ActiveEntry for activeEntries to show, and resume. If they do not, answer
    //     Response.of(new Response.Action.InjectPageFault(code, fault.access().address()))
    return resume();
  }

  @Override
  public Collection<ActiveEntry> activeEntries(Vcpu vcpu, PrivilegeSet set) {
    return List.of();
  }

  private static Response resume() {
    return Response.of(new Response.Action.Resume());
  }
}
