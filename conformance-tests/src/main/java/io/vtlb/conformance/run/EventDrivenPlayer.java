package io.vtlb.conformance.run;

import io.vtlb.model.event.Event;
import io.vtlb.model.event.ProcessorDrop;
import io.vtlb.model.event.Response;
import io.vtlb.model.event.Response.Action;
import io.vtlb.model.machine.Access;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.FaultCode;
import io.vtlb.model.machine.PageSize;
import io.vtlb.model.monitor.Monitor;
import io.vtlb.model.operation.GuestOperation;
import io.vtlb.model.operation.Observation;
import io.vtlb.model.target.ActiveEntry;
import io.vtlb.model.target.Feature;
import org.jspecify.annotations.Nullable;

/**
 * Plays guest and processor for a virtual TLB: walks its active structure, and brings it the
 * events.
 *
 * <p>Intel SDM vol. 3, 4.6 to 4.8 for what a processor does with an entry; claims 3, 16 and 25 for
 * who receives control.
 */
final class EventDrivenPlayer implements OperationPlayer {

  /** An access that needs more events than this is taken to need them for ever. */
  private static final int MOST_EVENTS = 8;

  private static final long OPEN_BUS = 0xFFFF_FFFFL;
  private static final Observation COMPLETED = new Observation.Completed();

  private final GuestComputer computer;
  private final GuardedTlb target;
  private final Monitor monitor;
  private final StepListener listener;
  private final boolean interceptsPrivilege;
  private final boolean eventsFlush;

  EventDrivenPlayer(
      GuestComputer computer, GuardedTlb target, Monitor monitor, StepListener listener) {
    this.computer = computer;
    this.target = target;
    this.monitor = monitor;
    this.listener = listener;
    this.interceptsPrivilege = target.describe().has(Feature.INTERCEPTS_PRIVILEGE_CHANGES);
    this.eventsFlush = target.describe().has(Feature.EVENTS_FLUSH_PROCESSOR);
  }

  @Override
  public Observation access(GuestCpu cpu, GuestOperation operation, Access access, long value) {
    for (int events = 0; events < MOST_EVENTS; events++) {
      ActiveEntry entry = cpu.tlb().translate(target, cpu.name(), cpu.set(), access.page());
      if (entry != null && entry.rights().allow(access.kind())) {
        Observation seen = perform(entry, access, value);
        BrokenRule.check(monitor.accessEnded(cpu.name(), access, events, true));
        return seen;
      }
      Observation ended = fault(cpu, access, value, entry);
      if (ended != null) {
        return ended;
      }
    }
    BrokenRule.check(monitor.accessEnded(cpu.name(), access, MOST_EVENTS, false));
    return new Observation.Stuck(MOST_EVENTS);
  }

  /** One page-fault event; null if the access is to be tried again. */
  private @Nullable Observation fault(
      GuestCpu cpu, Access access, long value, @Nullable ActiveEntry entry) {
    cpu.tlb().dropPage(access.set(), access.page());
    Response response =
        deliver(cpu, new Event.PageFault(cpu.name(), access, activeCode(access, entry), value));
    return switch (response.action()) {
      case Action.Resume resume -> null;
      case Action.InjectPageFault(FaultCode code, long address) ->
          new Observation.PageFaulted(code, address);
      case Action.StoreEmulated emulated -> COMPLETED;
      case Action.DeviceAccess device -> new Observation.ReachedDevice();
    };
  }

  private static FaultCode activeCode(Access access, @Nullable ActiveEntry entry) {
    return new FaultCode(
        (entry == null ? 0 : FaultCode.PRESENT)
            | (access.isStore() ? FaultCode.WRITE : 0)
            | (access.isUser() ? FaultCode.USER : 0)
            | (access.isFetch() ? FaultCode.FETCH : 0));
  }

  private Observation perform(ActiveEntry entry, Access access, long value) {
    long hostFrame = entry.hostFrame(access.page());
    int owner = computer.ownerOf(hostFrame);
    if (owner < 0) {
      return access.isStore() ? COMPLETED : new Observation.Loaded(OPEN_BUS);
    }
    long physical =
        PageSize.address(computer.guestFrame(owner, hostFrame), PageSize.offset(access.address()));
    if (!access.isStore()) {
      return new Observation.Loaded(Integer.toUnsignedLong(computer.memory(owner).word(physical)));
    }
    computer.store(owner, physical, value);
    return COMPLETED;
  }

  /**
   * Brings an event to the target, has the answer judged, and lets the processor drop what it asks
   * for.
   */
  private Response deliver(GuestCpu cpu, Event event) {
    monitor.begin(event);
    listener.event(event);
    Response response = target.answer(event);
    if (response != null) {
      listener.response(response);
      requireKnownVcpus(response);
    }
    BrokenRule.check(monitor.answered(target, response));
    if (response == null) {
      return Response.of(new Action.Resume());
    }
    if (eventsFlush) {
      cpu.tlb().drop(new ProcessorDrop.Everything(cpu.name()));
    }
    for (ProcessorDrop drop : response.drops()) {
      computer.cpu(drop.vcpu()).tlb().drop(drop);
    }
    cpu.tlb().resume(target, cpu.name(), cpu.set());
    return response;
  }

  private void requireKnownVcpus(Response response) {
    for (ProcessorDrop drop : response.drops()) {
      if (!computer.has(drop.vcpu())) {
        throw new TargetFailure(
            new IllegalStateException(
                "the response drops for a virtual CPU that is not there: " + drop));
      }
    }
  }

  @Override
  public Observation invalidatePage(GuestCpu cpu, GuestOperation.InvalidatePage invalidate) {
    deliver(cpu, new Event.InvalidatePage(cpu.name(), invalidate.address()));
    return COMPLETED;
  }

  @Override
  public Observation writeControl(
      GuestCpu cpu, GuestOperation.WriteControl write, ControlState before) {
    deliver(cpu, new Event.ControlWrite(cpu.name(), write.register(), before, cpu.control()));
    return COMPLETED;
  }

  @Override
  public Observation changePrivilege(
      GuestCpu cpu, GuestOperation.ChangePrivilege change, int from) {
    if (interceptsPrivilege) {
      deliver(cpu, new Event.PrivilegeChange(cpu.name(), from, cpu.cpl()));
    } else {
      monitor.privilegeChanged(cpu.name(), cpu.cpl());
    }
    return COMPLETED;
  }
}
