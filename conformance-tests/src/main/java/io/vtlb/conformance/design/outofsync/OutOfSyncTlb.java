package io.vtlb.conformance.design.outofsync;

import io.vtlb.conformance.design.parts.Causes;
import io.vtlb.model.event.Event;
import io.vtlb.model.event.EventCause;
import io.vtlb.model.event.HostResponse;
import io.vtlb.model.event.ProcessorDrop;
import io.vtlb.model.event.Response;
import io.vtlb.model.event.Response.Action;
import io.vtlb.model.event.ResyncKind;
import io.vtlb.model.machine.PageSize;
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
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * A virtual TLB that keeps shadow tables in step with the guest's: every table is write-protected
 * and stores to it are emulated, but a few of the lowest tables are let go until the guest flushes.
 */
public final class OutOfSyncTlb implements VirtualTlb {

  private final Set<Slip> slips;
  private final Map<Integer, ShadowedMachine> machines = new HashMap<>();

  /** Makes no mistake. */
  public OutOfSyncTlb() {
    this(Set.of());
  }

  /** Makes these mistakes. */
  public OutOfSyncTlb(Set<Slip> slips) {
    this.slips = Set.copyOf(slips);
  }

  @Override
  public Description describe() {
    return new Description(
        "out-of-sync",
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
    machines.put(blueprint.vm(), new ShadowedMachine(blueprint, memory, slips));
  }

  @Override
  public Collection<ActiveEntry> activeEntries(Vcpu vcpu, PrivilegeSet set) {
    ShadowedMachine machine = machines.get(vcpu.vm());
    return machine == null ? List.of() : machine.vcpu(vcpu).activeEntries(set);
  }

  @Override
  public Response handle(Event event) {
    ShadowedMachine machine = Objects.requireNonNull(machines.get(event.vcpu().vm()));
    VirtualCpu vcpu = machine.vcpu(event.vcpu());
    machine.tables().confirm();
    Response response =
        switch (event) {
          case Event.PageFault fault -> PageFaults.answer(machine, vcpu, fault, slips);
          case Event.InvalidatePage invalidate -> invalidatePage(machine, vcpu, invalidate);
          case Event.InvalidatePcid invalidate -> flush(machine, vcpu, EventCause.TLB_MANIPULATION);
          case Event.ControlWrite write -> {
            Response flushed = flush(machine, vcpu, Causes.of(write));
            machine.load(vcpu, write.after());
            yield write.keepsTranslations() && slips.contains(Slip.CONTEXT_LOAD_FLUSHES_NOTHING)
                ? flushed.dropping()
                : flushed;
          }
          case Event.PrivilegeChange change -> throw new IllegalStateException("not intercepted");
        };
    List<ProcessorDrop> drops = new ArrayList<>(response.drops());
    drops.addAll(machine.drops());
    return new Response(response.action(), drops, response.report());
  }

  /** Only what the shadow tables lead to can be cached, so often there is nothing to do. */
  private static Response invalidatePage(
      ShadowedMachine machine, VirtualCpu vcpu, Event.InvalidatePage invalidate) {
    Response resumed =
        Response.of(new Action.Resume()).reporting(EventCause.TLB_MANIPULATION, ResyncKind.PARTIAL);
    Shadow table = machine.mapping(vcpu, PageSize.page(invalidate.address()));
    if (table == null) {
      return resumed;
    }
    machine.tables().resync(table);
    return resumed.dropping(
        table.type().splintered()
            ? new ProcessorDrop.Everything(vcpu.name())
            : new ProcessorDrop.Page(vcpu.name(), invalidate.address()));
  }

  private static Response flush(ShadowedMachine machine, VirtualCpu vcpu, EventCause cause) {
    machine.tables().resyncAll();
    return Response.of(new Action.Resume())
        .dropping(new ProcessorDrop.Everything(vcpu.name()))
        .reporting(cause, ResyncKind.FULL);
  }

  @Override
  public HostResponse follow(HostOperation operation) {
    ShadowedMachine machine = machines.get(operation.vm());
    if (machine == null) {
      return HostResponse.dropping(List.of());
    }
    if (operation instanceof HostOperation.DestroyMachine) {
      machines.remove(operation.vm());
    }
    return machine.follow(operation);
  }
}
